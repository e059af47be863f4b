"""Events (事件): what a trace is made of, their columns, and the file they are kept in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cogov.activities.cases import OF, POST, PROJECT, Numbers, case_id
from cogov.activities.vocabulary import ACTIVITIES, Activity
from cogov.kit.errors import StudyError
from cogov.terms import Level

if TYPE_CHECKING:
    import pandas as pd

SCHEMA: Mapping[str, tuple[str, str]] = {
    "case_id": (
        "string",
        "the issue: `w31n5` was born in week 31 of the record, number 5 of that week's births; the same issue"
        " has the same case under every design with the same seed. `r120` is the resident in row 120, `u3` a"
        " joint-building unit, `f1` a property firm; `lift120w31` the project of a lift in building 120 that"
        " was brought forward in week 31; `committee 3` a post, as in `resource`",
    ),
    "case_type": ("string", "`issue`, `resident`, `unit`, `firm`, `project` or `post`"),
    "activity": ("string", "what happened, one of the activities"),
    "timestamp": (
        "timestamp[s]",
        "Monday of the week, week 1 of the record being that of `start`; the time of day says in which order"
        " things happened within the week, and nothing else",
    ),
    "resource": (
        "string",
        "who did or decided it: a post and which of its areas (`committee 3`), a council, a department,"
        " `residents`; empty where nobody did",
    ),
    "role": ("string", "the post, council or department without its area"),
    "rule": (
        "string",
        "by which rule of the design in force: kind and name as `cogov show design` has them"
        " (`choice/summon`); empty where no rule says so",
    ),
    "week": ("int32", "week of the record, from 1; 0 for what stood when the record began"),
    "level": ("string", "level where the issue is after the event; empty while nobody knows of it"),
    "neighbourhood": ("int32", "row of the neighbourhood, -1 outside and of what is in none"),
    "compound": ("int32", "row of the compound, -1 of what is in none"),
    "kind": ("string", "kind of issue or unit; age band of a resident; what a project builds"),
    "duty": (
        "string",
        "what the hours were booked for, as in the measures `hours_<duty>`; `files` and `parts` are hours of"
        " departments",
    ),
    "hours": ("double", "hours of whoever did it; 0 where none were booked for this case"),
    "yuan": ("double", "money paid for it (`works_begun`); only projects are paid for one by one"),
    "outcome": (
        "string",
        "what came of it, in a word: a channel, a level of the ladder, a reason; of residents and"
        " organisations what moved (`satisfaction`), or the issue that was lived through; whether a verdict"
        " is `published` or puts on a black list",
    ),
    "before": ("double", "of what moved: where it stood before; empty else"),
    "value": (
        "double",
        "what came of it, as a number: hours of work to do (arisen, grew, assigned, rework), week due"
        " (ordered, allotted, proposed), weeks since birth (ends); of what moved: where it stands now;"
        " how good it was, from 0 to 1 (lived_through, appraised); what it added to the log odds (weighed);"
        " share of a post that is held (set_up, filled, vacated); yuan that are set aside or asked for"
        " (money_set_aside, gifts_asked), week in which works end (works_begun), share that is done (planned,"
        " examined), weeks since it was brought forward (stands, abandoned); empty else",
    ),
}
"""Columns of a trace: type in Parquet, and what each holds."""
Words = str | Sequence[str]
Values = float | NDArray[Any]
NAMED = (POST, PROJECT)
"""Cases whose number is that of their name among the words."""
CODED = ("resource", "role", "rule", "kind", "outcome")
"""Columns of words that are kept as numbers of words."""
PLAIN = {"level": "i4", "neighbourhood": "i4", "compound": "i4", "hours": "f8", "yuan": "f8", "before": "f8",
         "value": "f8"}  # fmt: skip
"""Columns of numbers, and their types."""
WEEK = 7 * 24 * 3600
"""Seconds of a week."""


class Log:
    """Events as they are put down: a block of columns for what happened to several cases at once."""

    def __init__(self) -> None:
        self._blocks: list[dict[str, Any]] = []
        self._words: dict[str, int] = {"": 0}
        self._turn = (0, 0)

    def __len__(self) -> int:
        """How many events there are."""
        return sum(len(block["number"]) for block in self._blocks)

    def named(self, name: str) -> Numbers:
        """The number of a case that is known by its name alone."""
        return np.array([self._words.setdefault(name, len(self._words))])

    def put(
        self,
        activity: Activity,
        of: str,
        numbers: Numbers,
        week: int,
        duty: str = "",
        **columns: Words | Values,
    ) -> None:
        """Put down what happened to some cases.

        Parameters
        ----------
        activity : Activity
        of : str
            One of `cogov.activities.cases.OF`.
        numbers : ndarray of int, shape (events,)
            The cases.
        week : int
            Of the record.
        duty : str
        **columns
            ``CODED`` (a word or one for each) and ``PLAIN`` (a number or one for each); what is missing is
            empty.
        """
        n = len(numbers)
        self._turn = (week, self._turn[1] + 1 if self._turn[0] == week else 0)
        block: dict[str, Any] = {"number": numbers, "of": of, "activity": activity.name, "week": week}
        block |= {"order": self._turn[1], "duty": duty}
        for name in CODED:
            words = columns.get(name, "")
            every = [words] if isinstance(words, str) else words
            codes = [self._words.setdefault(str(word), len(self._words)) for word in every]  # type: ignore[union-attr]
            block[name] = np.array(codes * n if isinstance(words, str) else codes, dtype=np.int32)
        empty = {"level": -1, "neighbourhood": -1, "compound": -1, "hours": 0.0, "yuan": 0.0}
        for name, dtype in PLAIN.items():
            block[name] = np.array(
                np.broadcast_to(columns.get(name, empty.get(name, np.nan)), n), dtype=dtype
            )
        self._blocks.append(block)

    def to_frame(self, start: datetime.date) -> pd.DataFrame:
        """All events in their order, with the columns of `SCHEMA`."""
        import pandas as pd

        blocks = self._blocks
        sizes = [len(block["number"]) for block in blocks]

        def column(name: str, dtype: str) -> NDArray[Any]:
            return np.concatenate([block[name] for block in blocks] or [np.zeros(0)]).astype(dtype)

        def repeated(name: str, dtype: str) -> NDArray[Any]:
            return np.repeat(np.array([block[name] for block in blocks], dtype=dtype), sizes)

        of = np.repeat(np.array([OF.index(block["of"]) for block in blocks], dtype=np.int64), sizes)
        keys, cases = np.unique(column("number", "i8") * len(OF) + of, return_inverse=True)
        words = list(self._words)
        parts = [divided(key) for key in keys.tolist()]
        names = [words[number] if of in NAMED else case_id(number, of) for number, of in parts]
        week = repeated("week", "i4")
        seconds = (week.astype("i8") - 1) * WEEK + repeated("order", "i8")
        said = {name: coded(column(name, "i4"), words) for name in CODED}
        plain = {name: column(name, dtype) for name, dtype in PLAIN.items()}
        made = {
            "case_id": coded(cases, names),
            "case_type": coded(of, OF),
            "activity": pd.Categorical(repeated("activity", "O"), list(ACTIVITIES)),
            "timestamp": np.datetime64(start, "s") + seconds.astype("m8[s]"),
            "week": week,
            "duty": pd.Categorical(repeated("duty", "O")),
        }
        made |= plain | said
        made["level"] = coded(plain["level"] + 1, ["", *Level.labels()])
        return pd.DataFrame({name: made[name] for name in SCHEMA})


def divided(key: int) -> tuple[int, str]:
    """Number and kind of a case, from both in one."""
    number, of = divmod(key, len(OF))
    return number, OF[of]


def coded(codes: NDArray[np.integer], names: Sequence[str]) -> Any:
    """Words by their numbers, as a column of few different ones."""
    import pandas as pd

    used = np.unique(codes)
    at, words = np.searchsorted(used, codes), pd.Index([names[code] for code in used.tolist()], dtype=object)
    return pd.Categorical.from_codes(at, words)


def write_events(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write events as one Parquet file, under a temporary name first; see `SCHEMA`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cogov.kit.files import whole  # what a browser has not: models run there, and write no files

    plain = frame.astype({name: object for name in frame.columns if frame[name].dtype == "category"})
    types = _types()
    schema = pa.schema([(name, types[dtype]) for name, (dtype, _) in SCHEMA.items()])
    table = pa.Table.from_pandas(plain, schema, preserve_index=False)
    about = json.dumps(frame.attrs, ensure_ascii=False)
    table = table.replace_schema_metadata({"cogov": about})
    return whole(Path(path), lambda file: pq.write_table(table, file, compression="zstd"))


def read_events(path: str | Path) -> pd.DataFrame:
    """Events as `write_events` wrote them.

    Raises
    ------
    StudyError
        If there is no such file, or it is none of events.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except FileNotFoundError:
        raise StudyError(f"{path}: there is no such file; cogov trace … write={path} makes one") from None
    except (OSError, pa.ArrowInvalid) as error:
        raise StudyError(f"{path}: cannot be read as events: {error}") from error
    missing = [name for name in SCHEMA if name not in table.column_names]
    if missing:
        raise StudyError(f"{path}: is no file of events: it lacks {', '.join(missing)}")
    frame: pd.DataFrame = table.to_pandas()
    frame.attrs.update(json.loads((table.schema.metadata or {}).get(b"cogov", b"{}")))
    return frame


def _types() -> Mapping[str, Any]:
    import pyarrow as pa

    return {
        "string": pa.string(), "int32": pa.int32(), "double": pa.float64(), "timestamp[s]": pa.timestamp("s")
    }  # fmt: skip
