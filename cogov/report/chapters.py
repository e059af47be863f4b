"""Headings, captions and notes of a report's chapters, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CHAPTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # The page
        "title": ("{name}: report", "{name}：研究报告"),
        "chapters": ("Contents", "目录"),
        "question": ("The question", "研究问题"),
        "no_question": (
            "How do the designs of the study {name} compare?",
            "研究{name}中的各方案比较起来如何？",
        ),
        "answer": ("The answer", "主要结论"),
        "cautions": ("Before you use it", "使用前须知"),
        "glance": ("At a glance", "一览"),
        "glance_caption": ("Differences from {baseline}, {community}", "与{baseline}之差（{community}）"),
        "glance_note": (
            "Better, worse: by a size that matters, with the whole 95 % interval and p below 0.05 after"
            " Holm's adjustment for all comparisons. Too small to matter: tested, not inferred from"
            " silence. Which sizes matter, and why, stands under “How sure this is”.",
            "“更好”“更差”：幅度足够大，整个95%置信区间超过该幅度，且经霍尔姆法对全部比较校正后p值小于0.05。“小到无关紧要”同样经过检验，而非因为看不出差异。多大的差异才要紧及其理由见“结论有多可靠”。",
        ),
        "best": ("Which is best", "孰为最优"),
        "designs": ("The designs and their rules", "方案及其规则"),
        "designs_note": (
            "A design is a set of rules, of the seven kinds of Ostrom's framework. Designs change rules,"
            " never outcomes: every difference in this report follows from these rules.",
            "方案是一组规则，按奥斯特罗姆框架分为七类。方案只改变规则，不直接改变结果：本报告中的一切差异均由这些规则而来。",
        ),
        "mechanisms": ("Mechanisms and their parameters", "机制及其参数"),
        "column_rule": ("Rule", "规则"),
        "column_change": ("Change", "变化"),
        "column_by": ("From", "来自"),
        "column_content": ("Content", "内容"),
        "results": ("Results", "结果"),
        "results_caption": ("Every outcome, compared with {baseline}", "各项结果与{baseline}的比较"),
        "results_note": (
            "Means over pairs of runs with the same seed. Interval: 95 % interval of the mean"
            " paired difference. Matters: the smallest difference that matters. More: replicates that would"
            " probably decide. p: of no difference at all, adjusted for all rows by Holm's method. Best:"
            " probability that the design has the best mean of all designs.",
            "均值取自随机种子相同的成对运行。区间：成对差均值的95%置信区间。要紧幅度：要紧的最小差异。还需：大致可见分晓的重复次数。p：检验“毫无差异”，经霍尔姆法对所有行校正。最优概率：该方案均值在所有方案中最好的概率。",
        ),
        "summed_caption": (
            "Differences from {baseline} over all combinations of values",
            "全部参数取值上与{baseline}之差",
        ),
        "summed_note": (
            "Difference and interval: of the mean over all settings. Above, below: settings in which the"
            " difference is as large as what matters, upwards or downwards.",
            "差异与区间：全部取值的均值。“以上”“以下”：差异向上或向下达到要紧幅度的取值数。",
        ),
        "horizons_caption": (
            "Differences from {baseline}, by the time since adoption",
            "与{baseline}之差，按采用后的时间",
        ),
        "horizons_note": (
            "Levels and shares: means of the half-year up to that time; what is counted: from the adoption"
            " on. In brackets the 95 % interval. A difference that grows or fades with the years is no"
            " lasting one yet.",
            "水平与比率取该时点前半年的均值，计数自采用之日起累计。方括号内为95%置信区间。随年份增大或消退的差异，尚不能视为持久的差异。",
        ),
        "horizons_short": (
            "The runs end {n} weeks after adoption, before {years} years have passed: give weeks={weeks} to"
            " look as far.",
            "运行在采用后{n}周结束，未满{years}年：如需看到那时，请将记录周数设为{weeks}。",
        ),
        "after_year": ("after one year", "一年后"),
        "after_years": ("after {n} years", "{n}年后"),
        "when_change": ("{change} {after}", "{after}{change}"),
        "head_when": ("When", "何时"),
        "lead_over": ("Over the {n} weeks after adoption: {text}", "采用后{n}周内：{text}"),
        "lead_over_rest": ("Over the weeks after adoption: {text}", "采用后各周：{text}"),
        "outcome": ("Outcome", "结果"),
        "design": ("Design", "方案"),
        "community": ("Community", "社区"),
        "setting": ("Setting", "参数取值"),
        "column_baseline": ("Baseline", "基准"),
        "column_mean": ("This design", "本方案"),
        "column_difference": ("Difference", "差异"),
        "column_interval": ("95 % interval", "95%置信区间"),
        "column_per_cent": ("In per cent", "百分比变化"),
        "column_p_holm": ("p (Holm)", "p（霍尔姆）"),
        "column_prob_best": ("Best", "最优概率"),
        "column_finding": ("Finding", "判断"),
        "column_matters": ("Matters from", "要紧幅度"),
        "column_more": ("More", "还需"),
        "column_above": ("Above", "以上"),
        "column_below": ("Below", "以下"),
        "column_definition": ("What it is", "含义"),
        "column_why": ("Why", "理由"),
        "matters_caption": ("From which size a difference matters", "多大的差异才要紧"),
        "matters_given": ("given in the study", "研究中给定"),
        "column_settings": ("Settings", "取值数"),
        "column_least": ("Least", "最小"),
        "column_most": ("Most", "最大"),
        # Figures
        "alt": ("{what}. {said}.", "{what}。{said}。"),
        "alt_more": ("and {n} more, in the tables", "另有{n}项，见表格"),
        "alt_trajectories": ("{what}; means of the last 13 weeks", "{what}；最后13周的均值"),
        "alt_end": ("{outcome}, {design}: {value}", "{outcome}，{design}：{value}"),
        "alt_point": ("{design}: {x} {a}, {y} {b}", "{design}：{x}{a}，{y}{b}"),
        "alt_response": ("{outcome}, {design} at {at}: {value}", "{outcome}，{design}，取值{at}：{value}"),
        "alt_at": ("{text} (at {at})", "{text}（{at}）"),
        "alt_parameter": ("{parameter}: {value}", "{parameter}：{value}"),
        "alt_mechanism": ("{mechanism}: {value}", "{mechanism}：{value}"),
        "alt_pair": ("{first} with {second}: {value}", "{first}与{second}：{value}"),
        "alt_no_pair": ("no pair has an interaction that is sure", "没有交互作用明确的机制对"),
        "alt_places": (
            "{design}: from {low} in {lowest} to {high} in {highest}",
            "{design}：从{lowest}的{low}到{highest}的{high}",
        ),
        "figure_effects": (
            "Differences from {baseline} with their 95 % intervals",
            "与{baseline}之差及其95%置信区间",
        ),
        "figure_trajectories": ("Outcomes week by week", "各项结果的逐周变化"),
        "figure_drift": (
            "Whether the baseline {design} stands still: change since the first half-year",
            "基准方案{design}是否平稳：与首个半年相比的变化",
        ),
        "alt_within": (
            "{outcome} {value} at the end, within the noise of {noise}",
            "{outcome}期末{value}，在±{noise}的噪声之内",
        ),
        "alt_beyond": (
            "{outcome} {value} at the end, beyond the noise of {noise}",
            "{outcome}期末{value}，超出±{noise}的噪声",
        ),
        "figure_tradeoff": ("Trade-off of {x} and {y}", "{x}与{y}的权衡"),
        "figure_response": ("How outcomes follow {parameter}", "各项结果随“{parameter}”的变化"),
        "figure_heatmap": (
            "{outcome}: difference of {design} over two parameters",
            "{outcome}：{design}的差异随两个参数的变化",
        ),
        "figure_saltelli": (
            "{outcome} under {design}: share of the variance by parameter (Sobol' indices)",
            "{design}下{outcome}的方差来自哪些参数（索博尔指数）",
        ),
        "figure_morris": (
            "{outcome} under {design}: parameters it responds to (Morris screening)",
            "{design}下{outcome}对哪些参数敏感（莫里斯筛选）",
        ),
        "figure_attribution": (
            "{outcome}: what each mechanism of {design} contributes (Shapley values)",
            "{outcome}：{design}各机制的贡献（夏普利值）",
        ),
        "figure_interactions": (
            "{outcome}: how mechanisms of {design} work together",
            "{outcome}：{design}各机制之间的交互作用",
        ),
        "figure_places": ("{outcome} by compound", "各小区的{outcome}"),
        "figure_problem": ("This figure could not be drawn: ", "此图无法绘制："),
        # Losers and costs
        "losers": ("Who gains, who loses, and what it costs", "谁受益，谁受损，代价几何"),
        "people": ("Gains and losses by group", "各类人群的得失"),
        "losers_some": (
            "{design}: {outcome} gets worse by a size that matters for {lost} of {n} groups: {losers}; better"
            " for {won}, by less than matters for {small}, not decided for {open}.",
            "{design}：{n}类人群中{lost}类的{outcome}明显变差：{losers}；{won}类明显变好，{small}类变化无关紧要，{open}类尚无定论。",
        ),
        "losers_none": (
            "{design}: {outcome} gets better by a size that matters for {won} of {n} groups and worse for"
            " none; it changes by less than matters for {small}, and is not decided for {open}.{losers}",
            "{design}：{n}类人群中{won}类的{outcome}明显变好，没有一类明显变差；{small}类变化无关紧要，{open}类尚无定论。{losers}",
        ),
        "losers_small": (
            "Groups that certainly lose, but less than matters or is known to matter: {n}.",
            "确定略有受损、但幅度无关紧要或未定的有{n}类。",
        ),
        "listed_more": ("{listed} and {n} more", "{listed}，另{n}项"),
        "and_more": ("{n} more", "另{n}类"),
        "group_change": ("{group} ({change})", "{group}（{change}）"),
        "worst_off": (
            "The compounds that were worst off before: {worst}; all others: {rest}.",
            "改革前最差一成小区：{worst}；其余小区：{rest}。",
        ),
        "worst_off_alone": (
            "{design}, {outcome}: the compounds that were worst off before {worst}, all others {rest}.",
            "{design}，{outcome}：改革前最差一成小区{worst}，其余小区{rest}。",
        ),
        "people_note": (
            "Findings are adjusted for the number of groups, designs and outcomes together, so that even one"
            " group called a loser or winner by chance is rare. Intervals are not.",
            "判断已按人群、方案和结果的总数校正，哪怕一类人群因偶然被判为受益或受损也很少见；区间未校正。",
        ),
        "people_untested": (
            "These are single runs, or means over many settings: the differences have no intervals.",
            "各仅运行一次，或为多种取值的均值：这些差异没有置信区间。",
        ),
        "people_none": ("Nothing by group of people is stored.", "没有保存分人群的结果。"),
        "groups_caption": ("{outcome} by group of people", "各类人群的{outcome}"),
        "group": ("Group", "人群"),
        "residents": ("Residents", "居民数"),
        "level_of": ("{design}, level", "{design}（水平）"),
        "change_of": ("{design}, difference", "{design}（差异）"),
        "costs": ("Costs", "成本"),
        "costs_caption": ("Money and hours, compared with {baseline}", "经费与工时，与{baseline}比较"),
        "costs_in_all": ("In all, and by payer", "总成本（按承担者）"),
        "costs_money": ("Money of purses", "资金支出"),
        "costs_by_whom": ("Hours, by who spends them", "工时（按承担者）"),
        "costs_for_what": ("Hours, by purpose", "工时（按用途）"),
        "costs_paid": ("Of what is wanted", "到位情况"),
        "costs_note": (
            "Means over the weeks after the reform, of the whole community. In brackets the 95 % interval of"
            " the difference.",
            "改革后各周的均值，全社区合计。方括号内为差异的95%置信区间。",
        ),
        "over_settings": (
            "Losers and costs are means over all settings.",
            "得失与成本为全部取值的均值。",
        ),
        # How sure
        "sure": ("How sure this is", "结论有多可靠"),
        "sure_pairs": (
            "Every difference is a mean over {n} pairs of runs. In a pair the design and the baseline have"
            " the same seed: the same people, the same problems, the same bad luck.",
            "每项差异取自{n}对运行的均值。每对运行中方案与基准使用同一随机种子：同样的居民、同样的问题、同样的偶然。",
        ),
        "sure_intervals": (
            "Intervals hold the true mean difference of the model in about 95 of 100 such studies. They cover"
            " chance within the model, not whether the model is right.",
            "同类研究重复100次，约有95次区间会包含模型的真实平均差异。区间只反映模型内部的随机性，不反映模型本身是否正确。",
        ),
        "sure_holm": (
            "{tests} differences were tested, and adjusted so that the chance of even one wrong claim is"
            " below 5 %. Found: {large} by a size that matters, {small} too small to matter, {open} not"
            " decided.",
            "共检验{tests}项差异，经校正，哪怕出现一项误判的概率也低于5%：{large}项幅度足够大，{small}项小到无关紧要，{open}项尚无定论。",
        ),
        "sure_best": (
            "The probability of being best is the share of bootstrap resamples of the replicates in which a"
            " design has the best mean.",
            "最优概率：对重复作自助重抽样时，该方案均值最好的次数所占比例。",
        ),
        "sure_saved": (
            "Pairing took away {share} of the variance of a difference (median over outcomes; {listed}):"
            " unpaired runs would have needed about {times} times as many replicates.",
            "配对使差异的方差减少{share}（各项结果的中位数；{listed}）：若不配对，约需{times}倍的重复次数。",
        ),
        "sure_saved_none": (
            "Pairing did not reduce the variance of differences here (median over outcomes {share};"
            " {listed}).",
            "本研究中配对未能降低差异的方差（各项结果的中位数{share}；{listed}）。",
        ),
        "sure_saved_one": ("{outcome} {share}", "{outcome}{share}"),
        "sure_runs": (
            "Runs done: {done}; failed: {failed}; missing: {missing}.",
            "已完成运行{done}次，失败{failed}次，缺{missing}次。",
        ),
        "precision_caption": ("Precision asked for and reached", "要求的精度与达到的精度"),
        "column_pairs": ("Pairs", "对数"),
        "asked_for": ("Half-width asked for", "要求的区间半宽"),
        "half_width": ("Half-width reached", "达到的区间半宽"),
        "reached": ("reached", "已达到"),
        "not_reached": ("not reached", "未达到"),
        "errors_caption": ("Errors of failed runs", "失败运行的错误"),
        "column_error": ("Error", "错误"),
        "column_runs": ("Runs", "运行次数"),
        "column_designs": ("Designs", "方案"),
        "column_replicate": ("First replicate (seed)", "首次重复（种子）"),
        # What was run
        "ran": ("What was run", "运行了什么"),
        "ran_counts": (
            "Communities: {communities}; designs: {designs}, the baseline among them.",
            "{communities}个社区，{designs}个方案（含基准）。",
        ),
        "ran_weeks": (
            "{weeks} recorded weeks a run: {before} under the baseline, then {after} under the design;"
            " outcomes are of the latter.",
            "每次运行记录{weeks}周：前{before}周按基准方案，其后{after}周按所研究方案；结果取自后一阶段。",
        ),
        "ran_run_in": (
            "Before the first recorded week each run lived {span} weeks under the baseline, at most {most},"
            " until its levels stood still; in {n} of {runs} runs they did.",
            "首个记录周之前，每次运行按基准方案预运行{span}周（至多{most}周），直至各项水平不再变动；{runs}次运行中{n}次已达平稳。",
        ),
        "ran_no_run_in": (
            "The record begins with a community in which nothing has happened yet: no run-in.",
            "记录始于一切尚未发生的社区：没有预运行。",
        ),
        "ran_replicates": ("{n} replicates of each condition.", "每种条件重复{n}次。"),
        "ran_adaptive": (
            "Replicates were added from {low} until the half-width of intervals of {outcomes} was"
            " {precision}, up to {high}.",
            "重复次数从{low}次起增加，直至{outcomes}的区间半宽不超过{precision}，至多{high}次。",
        ),
        "ran_plan": (
            "Plan: {plan}; {parameters} parameters, {points} combinations of values.",
            "试验设计：{plan}；{parameters}个参数，{points}种取值组合。",
        ),
        "plan_grid": ("full grid", "全因子网格"),
        "plan_one_at_a_time": ("one at a time", "单因素轮换"),
        "plan_list": ("list of points", "指定点列表"),
        "plan_latin_hypercube": ("Latin hypercube", "拉丁超立方"),
        "plan_sobol": ("Sobol' sequence", "索博尔序列"),
        "plan_saltelli": ("Saltelli's plan for Sobol' indices", "用于索博尔指数的萨尔泰利设计"),
        "plan_morris": ("Morris' trajectories", "莫里斯轨迹"),
        "plan_draws": ("draws of all assumptions", "对全部假定的抽样"),
        "plan_screening": ("trajectories over groups of assumptions", "按组移动假定的轨迹"),
        "community_about": ("{community}: {about}", "{community}：{about}"),
        "ran_shock": ("Shock: epidemic with {about}.", "冲击：疫情（{about}）。"),
        "ran_no_shock": ("No shocks.", "无外部冲击。"),
        "communities_caption": ("Communities", "社区"),
        "number_residents": ("Residents aimed at", "目标居民数"),
        "number_neighbourhoods": ("Neighbourhoods", "居民区"),
        "number_compounds": ("Compounds", "小区"),
        "number_area": ("Area, km²", "面积（平方千米）"),
        "number_old_share": ("Old compounds", "老旧小区占比"),
        "number_elder_share": ("People of 60 and over", "60岁以上占比"),
        "residents_built": ("Residents simulated", "模拟居民数"),
        "parameters_caption": ("Parameters that were varied", "变动的参数"),
        "parameter": ("Parameter", "参数"),
        "column_path": ("Path", "路径"),
        "column_values": ("Values", "取值"),
        "column_unit": ("Unit", "单位"),
        "levels_between": ("{n} values from {low} to {high}", "从{low}到{high}的{n}个值"),
        "sources_caption": ("Where the numbers come from", "数值来源"),
        "numbers_of": ("Numbers of", "所属"),
        "numbers": ("Numbers", "个数"),
        "share_assumed": ("Assumed or borrowed", "假设或借用占比"),
        "all_processes": ("processes of the week", "每周过程"),
        "all_mechanisms": ("mechanisms of the designs", "各方案的机制"),
        "numbers_all": ("All numbers", "全部数值"),
        "column_number": ("Number", "数值"),
        "column_value": ("Value", "值"),
        "column_source": ("Source", "来源"),
        "places": ("Places", "小区分布"),
        # Provenance
        "provenance": ("Provenance", "来源与复现"),
        "provenance_name": ("study", "研究"),
        "provenance_seed": ("seeds", "随机种子"),
        "seeds": (
            "{first} for the first replicate, one more for each further",
            "首次重复为{first}，其后逐次加1",
        ),
        "provenance_digest": ("digest of all results (SHA-256)", "全部结果的摘要（SHA-256）"),
        "provenance_cpu": ("computing time", "计算时间"),
        "cpu_seconds": ("{n} seconds of one processor", "单核{n}秒"),
        "cpu_minutes": ("{n} minutes of one processor", "单核{n}分钟"),
        "cpu_hours": ("{n} hours of one processor", "单核{n}小时"),
        "version_model": ("model (version and hash of its source)", "模型（版本与源码摘要）"),
        "version_platform": ("platform", "运行平台"),
        "version_created": ("begun", "开始时间"),
        "version_identity": ("identity of the study (hash)", "研究标识（摘要）"),
        "version_continued": ("continued with", "后续运行所用"),
        "provenance_date": ("report written", "报告生成日期"),
        "again": ("To run it again", "如何重新运行"),
        "again_note": (
            "In the folder of the study, with the versions above: the same digest means the same results, to"
            " the bit.",
            "使用上述版本，在研究文件夹中运行：摘要相同即表示结果逐位相同。",
        ),
        "files_caption": ("Files in the folder", "文件夹中的文件"),
        "column_file": ("File", "文件"),
        "column_holds": ("Holds", "内容"),
        "column_files": ("Files", "文件数"),
        "column_size": ("Size, kB", "大小（kB）"),
        "file_runs": ("one row a run: outcomes, status, errors", "每次运行一行：结果、状态、错误"),
        "file_series": ("one row per run and week", "每次运行每周一行"),
        "file_groups": ("one row per run and group of people", "每次运行每类人群一行"),
        "file_places": ("one row per run and compound", "每次运行每个小区一行"),
        "file_attribution": (
            "runs with single mechanisms, for what each contributes",
            "各机制组合的运行，用于贡献分解",
        ),
        "file_study": ("the study, down to the last number", "研究的全部设定"),
        "file_versions": ("what it was made with", "所用软件版本"),
        "file_README": ("what this folder is", "文件夹说明"),
    }
)
"""Texts by key: English and Chinese."""
