//! Wording of the editor of typed worlds.

use super::{Text, t};

wording! {
    TITLE = "Your world", "你的世界";
    EDITOR = "Text of the world", "世界的文本";
    HINT = "f(x) = …, F(x, v) = … or x' = …", "f(x) = …、F(x, v) = … 或 x' = …";
    APPLY_HELP = "A correct text applies after a moment, or at once with Ctrl+Enter; until then the last correct one runs.", "正确的文本稍后自动生效，按 Ctrl+Enter 立即生效；在此之前运行上一个正确的文本。";
    EXAMPLES = "Examples", "示例";
    COPY = "Copy", "复制";
    LIBRARY = "Library", "我的收藏";
    NAME = "Name in the library", "收藏名称";
    KEEP = "Save", "保存";
    KEPT = "Saved the world “{}”.", "已保存世界“{}”。";
    BLANK = "Give the world a name first.", "请先给世界起个名字。";
    FORGET = "Delete the world {}", "删除世界 {}";
    POINTS = "Fixed points", "不动点";
    NO_POINTS = "None near the start.", "起点附近没有。";
}
