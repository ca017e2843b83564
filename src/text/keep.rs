//! Wording of what keeps work: session files, share text, saving and opening, recovery.

use super::{Text, t};

wording! {
    // Where a fault is.
    AT_LINE = "Line {}, column {}: {}", "第 {} 行第 {} 列：{}";
    AT_CHARACTER = "Character {}: {}", "第 {} 个字符：{}";
    // What is wrong with a text.
    NOT_TEXT = "The file is no text from byte {} on; a session is plain UTF-8 text.", "文件从第 {} 个字节起不是文本；会话文件须为 UTF-8 纯文本。";
    TOO_LONG = "The text has more than {} bytes, the most a session takes.", "文本超过 {} 字节，这是会话的上限。";
    NOT_TOML = "This is no TOML; an entry is written name = value, a section [name].", "这里不是 TOML；条目写作 name = value，小节写作 [name]。";
    NOT_SHARED = "This is no share text; it is written impetus:scene?name=value&name=value.", "这不是分享文本；其格式为 impetus:场景?名称=值&名称=值。";
    NOT_PERCENT = "A % is followed by two hexadecimal digits and spells UTF-8.", "% 之后须为两位十六进制数字，并拼成 UTF-8。";
    MISSING = "“{}” is missing; it takes {}.", "缺少“{}”；应填{}。";
    WRONG_KIND = "“{}” takes {}.", "“{}”应填{}。";
    OUT_OF_RANGE = "“{}” takes a whole number from {} to {}.", "“{}”应填 {} 至 {} 的整数。";
    ONE_OF = "“{}” cannot be “{}”; it can be: {}.", "“{}”不能取“{}”；可取：{}。";
    TOO_MANY = "“{}” has more than {} entries, the most there may be.", "“{}”超过 {} 项，这是上限。";
    NO_SCENE = "There is no scene “{}” here; there are: {}.", "此处没有场景“{}”；可用的有：{}。";
    // What an entry takes.
    A_TEXT = "text in quotes", "带引号的文本";
    A_NUMBER = "a number", "一个数";
    A_COUNT = "a whole number", "一个整数";
    A_FLAG = "true or false", "true 或 false";
    A_LIST = "a list in [ ]", "方括号 [ ] 中的列表";
    A_TABLE = "a section or a table in { }", "一个小节或花括号 { } 中的表";
    A_VALUE = "a number, or a word in quotes", "一个数，或带引号的词";
    A_STRETCH = "first and last iteration, the first before the last", "首末两个迭代步，首步在前";
    A_SLOT = "{ usual = N } or { view = \"NAME\" }", "{ usual = N } 或 { view = \"名称\" }";
    AN_EVENT = "N:ID=VALUE", "N:ID=值";
    TILES = "rows SHARE:TILE*SHARE,… with / between them", "各行 份额:视图*份额,…，行间用 /";
    // What a reader should know of a file that was opened.
    STRANGE = "The file has entries this Impetus does not know ({}); they are kept when it is saved again.", "文件中有此版本不认识的条目（{}）；再次保存时会原样保留。";
    NEWER = "The file has schema {}, newer than the {} of this Impetus; what is unknown here is kept when it is saved again.",
        "文件的格式版本为 {}，比此 Impetus 的 {} 新；不认识的内容在再次保存时会原样保留。";
    NO_VALUES = "The file does not say the value of {}; the usual one is taken.", "文件中没有 {} 的值，取默认值。";
    // The window: saving, opening, sharing, recovery.
    NEW = "New session", "新建会话";
    OPEN = "Open…", "打开…";
    SAVE = "Save", "保存";
    SAVE_AS = "Save as…", "另存为…";
    COPY = "Copy as share text", "复制为分享文本";
    PASTE = "Open share text from the clipboard", "打开剪贴板中的分享文本";
    UNTITLED = "not saved yet", "尚未保存";
    OPEN_TITLE = "Open a session, a figure or data", "打开会话、图形或数据";
    SAVE_TITLE = "Save this session", "保存此会话";
    FILE = "File", "文件";
    RECENT = "Recent", "最近";
    FOLDER = "Folder", "文件夹";
    UP = "One folder up", "上一级文件夹";
    NOTHING_HERE = "Nothing to open here.", "此处没有可打开的文件。";
    MISSING_FILE = "{} is not there any more", "{} 已不存在";
    EXISTS = "“{}” exists already.", "“{}”已存在。";
    REPLACE = "Replace it", "替换";
    BLANK_NAME = "Write a file name.", "请填写文件名。";
    OPEN_BUTTON = "Open", "打开";
    SAVED = "Saved “{}”.", "已保存“{}”。";
    OPENED = "Opened “{}”. Ctrl+Z goes back to what was here.", "已打开“{}”。按 Ctrl+Z 可回到之前的内容。";
    GONE_ON = "This run was made before up to iteration {}; it goes on from there.", "此运行先前已计算到第 {} 步；从该处继续。";
    STARTED = "A new session. Ctrl+Z goes back to what was here.", "已新建会话。按 Ctrl+Z 可回到之前的内容。";
    COPIED = "Copied the session as one line ({} characters).", "已把会话复制为一行文本（{} 个字符）。";
    SHARE_TEXT = "share text", "分享文本";
    RECOVERED = "Unsaved work on {}, left {}.", "有未保存的工作：{}，{}留下。";
    AGO_SECONDS = "moments ago", "刚刚";
    AGO_MINUTES = "{} min ago", "{} 分钟前";
    AGO_HOURS = "{} h ago", "{} 小时前";
    AGO_DAYS = "{} d ago", "{} 天前";
    RESTORE = "Restore", "恢复";
    DISCARD = "Discard", "丢弃";
    LATER = "Later", "以后再说";
    NO_RECOVERY = "Work cannot be kept safe from a crash: {}", "无法防备意外退出：{}";
}
