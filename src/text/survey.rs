//! Wording of the sweep in the window.

use super::{Text, t};

wording! {
    MEASURING = "measuring {} × {} runs", "正在测量 {} × {} 次运行";
    STOPPED = "stopped", "已停止";
    STOP = "Stop", "停止";
    GO_ON = "Go on", "继续";
    STOP_HELP = "Stops measuring; what is there stays.", "停止测量，已有结果保留。";
    CLICK_HELP = "Click a cell to put its values in force.", "点击一格即采用该格的参数值。";
}
