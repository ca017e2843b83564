//! Wording of data that a reader brings: tables, images, logs, and what is wrong with them.

use super::{Text, t};

wording! {
    // Where a fault is.
    AT_LINE = "Line {}: {}", "第 {} 行：{}";
    AT_CELL = "Line {}, column {}: {}", "第 {} 行第 {} 列：{}";
    AT_BYTE = "Byte {}: {}", "第 {} 个字节：{}";
    // What is wrong with a table.
    NOT_A_NUMBER = "“{}” is not a number.", "“{}”不是数。";
    RAGGED = "there are {} columns here, but {} in the lines before.", "此处有 {} 列，而前面各行有 {} 列。";
    NOT_TEXT = "this is no text; a table is plain UTF-8 text with a comma, semicolon, tab or blank between columns.",
        "这里不是文本；表格须为 UTF-8 纯文本，各列以逗号、分号、制表符或空格分隔。";
    NOT_UTF8 = "this is no UTF-8 text; save the table with the encoding UTF-8.",
        "这里不是 UTF-8 文本；请以 UTF-8 编码保存表格。";
    UTF16 = "The text is encoded in UTF-16; save it with the encoding UTF-8.", "文本采用 UTF-16 编码；请以 UTF-8 编码保存。";
    NO_ROWS = "The text has no line of values.", "文本中没有任何数据行。";
    NO_NUMBERS = "None of the {} columns holds numbers.", "共 {} 列，没有一列是数。";
    TOO_LONG = "The data has more than {} MiB, the most that is read.", "数据超过 {} MiB，这是读取的上限。";
    TOO_WIDE = "there are {} columns, more than the {} that are read.", "共有 {} 列，超过可读取的 {} 列。";
    TOO_MANY_CELLS = "the table has more than {} values, the most that is read.", "表格超过 {} 个值，这是读取的上限。";
    // What is wrong with packed data, images and labels.
    NOT_GZIP = "The packed data is damaged: {}.", "压缩数据已损坏：{}。";
    NO_IDX = "this is no IDX data; it begins with two zero bytes, a type and a number of dimensions.",
        "这里不是 IDX 数据；其开头应为两个零字节、一个类型和一个维数。";
    NOT_BYTES = "the values are of type {}; images and labels are read as unsigned bytes, type 0x08.",
        "数值类型为 {}；图像和标签须为无符号字节，即类型 0x08。";
    DIMENSIONS = "there are {} dimensions; labels have 1, images 2 or 3.", "此处为 {} 维；标签为 1 维，图像为 2 维或 3 维。";
    CUT_HEADER = "the data ends within its header.", "数据在文件头之内就结束了。";
    NO_ITEM = "The header tells of data without a value.", "文件头所述的数据不含任何值。";
    WRONG_SIZE = "The header tells of {} values, but {} follow.", "文件头说明有 {} 个值，实际为 {} 个。";
    // What was read.
    AIRFOIL = "The airfoil table of {} and {}", "{} {}的翼型自噪声表";
    TABLE = "A table of {} and {}", "一张 {} {}的表格";
    LOG = "A training log of {} and {}", "一份 {} {}的训练日志";
    ROW = "1 row", "1 行";
    ROWS = "{} rows", "{} 行";
    COLUMN = "1 column", "1 列";
    COLUMNS = "{} columns", "{} 列";
    PIXELS = "{} images of {} × {} pixels", "{} 幅 {} × {} 像素的图像";
    LABELS = "{} labels", "{} 个标签";
    PAIR = "{} images for training and {} for testing, of {} × {} pixels", "{} 幅训练图像与 {} 幅测试图像，{} × {} 像素";
    // What a reader should know of a table.
    ONE_MISSING = "1 value is missing in column {}.", "缺少 1 个值（列 {}）。";
    MISSING = "{} values are missing in column {}.", "缺少 {} 个值（列 {}）。";
    INFINITE = "Infinite values in column {} count as missing: {}.", "列 {} 中的无穷值按缺失处理，共 {} 个。";
    WORDS = "Column {} holds words, not numbers, and is left out.", "列 {} 的内容是文字而不是数，已略去。";
    EMPTY = "Column {} holds no value and is left out.", "列 {} 没有任何值，已略去。";
    DECIMAL_COMMA = "The comma is read as the decimal mark.", "逗号按小数点读取。";
}
