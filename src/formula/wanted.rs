//! What could have stood where something else stands.

use crate::text::{Lang, fill, t};

/// What could have stood at the place of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A number, a name, a bracket.
    Operand,
    /// An operator, or the end of the statement.
    Operator,
    /// This sign.
    Sign(char),
    /// The name of an argument.
    Argument,
    /// The left side of `=`.
    Left,
}

impl Wanted {
    /// Its wording in `lang`.
    pub(super) fn say(self, lang: Lang) -> String {
        let text = match self {
            Self::Operand => t("a number, a name or “(”", "数、名称或“(”"),
            Self::Operator => t("an operator such as * or the end of the statement", "运算符（如 *）或语句结束"),
            Self::Sign(sign) => return fill(t("“{}”", "“{}”").get(lang), &[&sign.to_string()]),
            Self::Argument => t("the name of an argument", "自变量的名称"),
            Self::Left => {
                t("“name =”, “f(x) =”, “F(x) =”, “x' =” or “x(0) =”", "“名称 =”、“f(x) =”、“F(x) =”、“x' =”或“x(0) =”")
            }
        };
        text.get(lang).to_owned()
    }
}
