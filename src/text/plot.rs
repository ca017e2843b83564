//! Wording of the plots: read-outs, the table twin.

use super::{Text, t};

wording! {
    LEAVES = "leaves the axis", "超出坐标轴";
    NAME = "{}: {} over {}", "{}：{}（横轴：{}）";
    AT_ITERATION = "n = {}", "n = {}";
    AT_BOTH = "n = {}, t = {} s", "n = {}，t = {} s";
    FROM = "{}, from", "{}，起";
    TO = "{}, to", "{}，止";
    TABLE = "Table of {}, {} rows; arrow keys and Page Up/Down scroll it", "{}的数据表，共 {} 行；方向键与翻页键可滚动";
    ROW = "row", "行";
    CUT = "The first {} of {} rows.", "前 {} 行，共 {} 行。";
    NO_TABLE = "No layer of this view has a name.", "此视图没有带名称的图层。";
}
