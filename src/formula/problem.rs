//! What can be wrong with a source, each as one sentence in either language that says what is
//! wrong and what would be accepted.

use super::wanted::Wanted;
use super::{MAX_BYTES, MAX_DEPTH, MAX_HELPERS, MAX_NODES, MAX_SLIDERS, MAX_STATES, MAX_STEPS};
use crate::text::{Lang, Text, fill, t};

/// What is wrong with a source.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the sentences of `sentence` are the documentation")]
pub enum Problem {
    NotText,
    TooLong { bytes: usize },
    TooDeep,
    TooManyNodes,
    TooManySteps,
    TooManySliders,
    TooManyHelpers,
    TooManyStates,
    StrangeCharacter(char),
    BadNumber,
    HugeNumber,
    Expected { wanted: Wanted, found: String },
    Unclosed(char),
    Ambiguous,
    UnknownName { name: String, near: Vec<String> },
    UnknownFunction { name: String, near: Vec<String> },
    NotAFunction(String),
    NeedsArguments(String),
    ArgumentCount { name: String, wanted: usize, given: usize },
    Recursive(String),
    DefinedTwice(String),
    TakenByFunction(String),
    VariableInHelper { variable: String, helper: String },
    NotConstant,
    NotFinite,
    EmptyRange,
    LogRange,
    OutsideRange,
    Order,
    StartOfNothing(String),
    PairOutsideForce,
    ForceArguments,
    ForceNeedsPair,
    LossArguments,
    TwoWorlds,
    WhichFunction,
    Nothing,
}

impl Problem {
    /// The sentence in `lang`, without the place.
    pub fn say(&self, lang: Lang) -> String {
        let (pattern, parts) = self.sentence(lang);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        fill(pattern.get(lang), &parts)
    }

    fn sentence(&self, lang: Lang) -> (Text, Vec<String>) {
        self.limit().or_else(|| self.form(lang)).or_else(|| self.meaning(lang)).unwrap_or_else(|| self.world())
    }

    /// A limit that was passed.
    fn limit(&self) -> Option<(Text, Vec<String>)> {
        let one = |text, limit: usize| Some((text, vec![limit.to_string()]));
        match self {
            Self::TooLong { bytes } => Some((
                t("the text has {} bytes; up to {} are read.", "文本有 {} 字节；最多读取 {} 字节。"),
                vec![bytes.to_string(), MAX_BYTES.to_string()],
            )),
            Self::TooDeep => {
                one(t("this is nested too deeply; up to {} levels are read.", "嵌套过深；最多 {} 层。"), MAX_DEPTH)
            }
            Self::TooManyNodes => one(
                t(
                    "the formulas are too large; up to {} numbers, names and operators are read.",
                    "公式过大；最多 {} 个数、名称和运算符。",
                ),
                MAX_NODES,
            ),
            Self::TooManySteps => one(
                t(
                    "with its helpers written out this is too large; up to {} operations are taken.",
                    "展开辅助函数后过大；最多 {} 次运算。",
                ),
                MAX_STEPS,
            ),
            Self::TooManySliders => {
                one(t("there are too many sliders; up to {} are taken.", "滑块过多；最多 {} 个。"), MAX_SLIDERS)
            }
            Self::TooManyHelpers => one(
                t("there are too many helper functions; up to {} are taken.", "辅助函数过多；最多 {} 个。"),
                MAX_HELPERS,
            ),
            Self::TooManyStates => one(
                t(
                    "the system has too many states; up to {} are taken, counting a velocity for every x''.",
                    "系统的状态过多；最多 {} 个，每个 x'' 另计一个速度。",
                ),
                MAX_STATES,
            ),
            _ => None,
        }
    }

    /// The text is not well formed.
    fn form(&self, lang: Lang) -> Option<(Text, Vec<String>)> {
        Some(match self {
            Self::NotText => (t("this is not text; UTF-8 is read.", "这不是文本；请使用 UTF-8。"), vec![]),
            Self::StrangeCharacter(c) => (
                t("the character {} has no meaning here; remove it.", "字符 {} 在此没有意义；请删除。"),
                vec![show(*c, lang)],
            ),
            Self::BadNumber => {
                (t("this is not a number; write for instance 0.5 or 1e-3.", "这不是数；可写作 0.5 或 1e-3。"), vec![])
            }
            Self::HugeNumber => {
                (t("this number is too large; up to 1e308 can be used.", "这个数过大；最大约 1e308。"), vec![])
            }
            Self::Expected { wanted, found } if found.is_empty() => (
                t("the statement ends here, but {} is expected.", "语句到此结束，但此处应为{}。"),
                vec![wanted.say(lang)],
            ),
            Self::Expected { wanted, found } => (
                t("“{}” cannot stand here; {} is expected.", "此处不能是“{}”；应为{}。"),
                vec![found.clone(), wanted.say(lang)],
            ),
            Self::Unclosed(open) => (
                t("“{}” is opened here and never closed; add “{}”.", "此处的“{}”没有闭合；请补上“{}”。"),
                vec![open.to_string(), closing(*open).to_string()],
            ),
            Self::Ambiguous => (
                t(
                    "this can be read in two ways; add brackets and “*”, as in 1/(2*x) or (1/2)*x.",
                    "此处有两种读法；请加括号和“*”，例如 1/(2*x) 或 (1/2)*x。",
                ),
                vec![],
            ),
            _ => return None,
        })
    }

    /// A name or a number is used in a way it cannot be.
    fn meaning(&self, lang: Lang) -> Option<(Text, Vec<String>)> {
        Some(match self {
            Self::UnknownName { name, near } if near.is_empty() => (
                t("“{}” is not known; define it, as in {} = 1.", "“{}”未定义；请先定义，例如 {} = 1。"),
                vec![name.clone(), plain(name)],
            ),
            Self::UnknownFunction { name, near } if near.is_empty() => (
                t(
                    "the function “{}” is not known; define it, as in {}(u) = u^2.",
                    "函数“{}”未定义；请先定义，例如 {}(u) = u^2。",
                ),
                vec![name.clone(), plain(name)],
            ),
            Self::UnknownName { name, near } | Self::UnknownFunction { name, near } => (
                t("“{}” is not known; near it there is {}.", "“{}”未定义；相近的有 {}。"),
                vec![name.clone(), near.join(t(", ", "、").get(lang))],
            ),
            Self::NotAFunction(name) => (
                t("“{}” is not a function; to multiply, write {}*(…).", "“{}”不是函数；相乘请写作 {}*(…)。"),
                vec![name.clone(); 2],
            ),
            Self::NeedsArguments(name) => {
                (t("“{}” is a function; write {}(…).", "“{}”是函数；请写作 {}(…)。"), vec![name.clone(); 2])
            }
            Self::ArgumentCount { name, wanted, given } => (
                t("“{}” takes {} argument(s), not {}.", "“{}”需要 {} 个自变量，而不是 {} 个。"),
                vec![name.clone(), wanted.to_string(), given.to_string()],
            ),
            Self::Recursive(name) => (
                t(
                    "“{}” is defined by itself; a definition may use only others.",
                    "“{}”的定义用到了自身；定义只能使用其他名称。",
                ),
                vec![name.clone()],
            ),
            Self::DefinedTwice(name) => {
                (t("“{}” is defined twice; keep one.", "“{}”定义了两次；请只保留一个。"), vec![name.clone()])
            }
            Self::TakenByFunction(name) => (
                t("“{}” belongs to the language; choose another name.", "“{}”是语言自带的名称；请换一个名称。"),
                vec![name.clone()],
            ),
            Self::VariableInHelper { variable, helper } => (
                t("“{}” is a variable; hand it to “{}” as an argument.", "“{}”是变量；请作为自变量传给“{}”。"),
                vec![variable.clone(), helper.clone()],
            ),
            Self::NotConstant => (
                t(
                    "a number is expected here; variables and sliders cannot stand in it.",
                    "此处须为常数；不能含有变量或滑块。",
                ),
                vec![],
            ),
            Self::NotFinite => (t("this has no finite value; change it.", "其值不是有限的数；请修改。"), vec![]),
            Self::EmptyRange => (
                t(
                    "the range is empty; write [low, high] with low < high.",
                    "范围为空；请写作 [下限, 上限]，且下限 < 上限。",
                ),
                vec![],
            ),
            Self::LogRange => (
                t(
                    "a logarithmic range starts above 0; write for instance [0.001, 10] log.",
                    "对数范围的下限须大于 0；例如 [0.001, 10] log。",
                ),
                vec![],
            ),
            Self::OutsideRange => {
                (t("the value lies outside its range; choose one inside.", "该值超出范围；请取范围之内的值。"), vec![])
            }
            _ => return None,
        })
    }

    /// The statements do not make one world.
    fn world(&self) -> (Text, Vec<String>) {
        match self {
            Self::Order => (
                t("this order is not known; write x' = … or x'' = ….", "不支持这个阶数；请写 x' = … 或 x'' = …。"),
                vec![],
            ),
            Self::StartOfNothing(name) => {
                (t("“{}” is not a variable, so it has no start.", "“{}”不是变量，没有初值。"), vec![name.clone()])
            }
            Self::PairOutsideForce => (
                t(
                    "only a force has two components; write F(x, y) = (…, …).",
                    "只有力可以有两个分量；请写作 F(x, y) = (…, …)。",
                ),
                vec![],
            ),
            Self::ForceArguments => (
                t(
                    "a force takes (x), (x, v), (x, v, t) or in the plane (x, y), (x, y, u, v), each with t last if wanted.",
                    "力的自变量为 (x)、(x, v)、(x, v, t)，平面上为 (x, y)、(x, y, u, v)，末尾可加 t。",
                ),
                vec![],
            ),
            Self::ForceNeedsPair => (
                t(
                    "a force in the plane has two components; write F(x, y) = (…, …).",
                    "平面上的力有两个分量；请写作 F(x, y) = (…, …)。",
                ),
                vec![],
            ),
            Self::LossArguments => (
                t(
                    "a loss takes one or two arguments; write f(x) = … or f(x, y) = ….",
                    "损失函数有一个或两个自变量；请写 f(x) = … 或 f(x, y) = …。",
                ),
                vec![],
            ),
            Self::TwoWorlds => (
                t(
                    "one text describes one world; keep one loss, one force or one system of equations.",
                    "一段文本只描述一个系统；请只保留一个损失函数、一个力或一组方程。",
                ),
                vec![],
            ),
            Self::WhichFunction => (
                t(
                    "it is not clear which function is meant; call the loss f or the force F.",
                    "不清楚指的是哪个函数；请把损失函数命名为 f，或把力命名为 F。",
                ),
                vec![],
            ),
            _ => (
                t(
                    "there is nothing to run; write a loss f(x) = …, a force F(x) = … or an equation x' = ….",
                    "没有可运行的内容；请写损失函数 f(x) = …、力 F(x) = … 或方程 x' = …。",
                ),
                vec![],
            ),
        }
    }
}

/// The bracket that closes `open`.
fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        other => other,
    }
}

/// A name without its primes, as a definition would write it.
fn plain(name: &str) -> String {
    name.trim_end_matches('\'').to_owned()
}

/// A character in quotes, or its code point if it would not be seen.
fn show(c: char, lang: Lang) -> String {
    if c.is_control() || c.is_whitespace() {
        return format!("U+{:04X}", u32::from(c));
    }
    fill(t("“{}”", "“{}”").get(lang), &[&c.to_string()])
}
