"""YAML and text from anywhere: plain values, or one clear error with the line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from omegaconf import OmegaConf

from cogov.kit.errors import CogovError, ConfigError, ProfileError
from cogov.kit.reading import MOST_BYTES, interpolation, parse_yaml, read_text, read_yaml
from cogov.kit.resources import shipped

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{','.join(['*' + chr(97 + level)] * 9)}]" for level in range(9)
)


@pytest.mark.parametrize("path", sorted(shipped("configs").rglob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_reads_as_hydra_would_read_it(path: Path):
    assert read_yaml(path) == OmegaConf.to_container(OmegaConf.load(path), resolve=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-01", "2020-01-01"),
        ("2020-01-01 10:00:00", "2020-01-01 10:00:00"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("0x1F", 31),
        ("1_000", 1000),
        ("yes", True),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ("五里桥", "五里桥"),
        ("{26: a}", {26: "a"}),
        ("[&x [1], *x]", [[1], [1]]),
    ],
)
def test_values_are_plain(text, value):
    read = parse_yaml(text, "mine.yaml")
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1,", ["mine.yaml, line 2"]),
        ("a: 1\nb: 1\na: 2", ["line 3", "'a' stands there twice"]),
        ("a: 1\nb: !!int 3", ["line 2", "tags"]),
        ("!!python/object/apply:os.system [true]", ["line 1", "tags"]),
        ("a: !mine 1", ["tags"]),
        ("a: " + "9" * 4300, ["line 1", "4300 digits"]),
        ("a: " + "[" * 400 + "]" * 400, ["more than 40 levels"]),
        ("a: " + "[" * 10**6, ["more than 40 levels"]),
        (BOMB, ["line ", "aliases stand for"]),
        ("a: &a [*a]", ["recursive"]),
        ("a: *b", ["undefined alias"]),
        ("yes: 1", ["the key True", "quotes"]),
        ("? [1]\n: 2", ["the key [1]"]),
        ("1.5: 2", ["the key 1.5"]),
        ("- a\n--- b\n--- c", ["line 2"]),
        ("a: \x07", ["control characters"]),
        ('a: "\\x07"', ["line 1", "control character"]),
        ("%TAG ! !\n--- !python x", ["mine.yaml"]),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text, words):
    with pytest.raises(ProfileError) as refused:
        parse_yaml(text, "mine.yaml", ProfileError)
    assert all(word in str(refused.value) for word in ["mine.yaml", *words])
    assert len(str(refused.value)) < 300


def test_no_more_values_than_asked_for():
    with pytest.raises(ConfigError, match="more than 10 values"):
        parse_yaml(str(list(range(10))), "mine.yaml", most=10)


def test_merge_keys_are_keys_like_others():
    assert parse_yaml("<<: {a: 1}", "mine.yaml") == {"<<": {"a": 1}}


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "\ud800", "x" * 5000])
def test_what_is_no_file_is_told(tmp_path: Path, name: str):
    with pytest.raises(CogovError):
        read_text(tmp_path / name)


def test_a_pipe_and_a_huge_file_are_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="not an ordinary file"):
        read_text(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # takes no room on the disk
    with pytest.raises(ConfigError, match="longer than 64 MiB"):
        read_text(tmp_path / "huge")


def test_interpolations_are_found_wherever_they_are():
    assert interpolation({"a": [1, {"b": "x${oc.env:HOME}"}]}) == "a[1].b = 'x${oc.env:HOME}'"
    assert interpolation({"a": [1, {"b": "$HOME {x}"}]}) == ""


def test_the_reader_is_the_fast_one():
    if not yaml.__with_libyaml__:
        pytest.skip("this PyYAML has no libyaml")
    from cogov.kit.reading import _Loader

    assert issubclass(_Loader, yaml.CSafeLoader)
