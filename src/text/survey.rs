//! Wording of the sweep in the window.

use super::{Text, t};

wording! {
    MEASURING = "measuring · {} %", "正在测量 · {} %";
    STOPPED = "stopped at {} %", "停于 {} %";
    STOP = "Stop", "停止";
    GO_ON = "Go on", "继续";
    STOP_HELP = "Stops measuring; what is there stays.", "停止测量，已有结果保留。";
    GO_ON_HELP = "Goes on where it stopped.", "从停止处继续。";
    COPY_COMMAND = "Copy this sweep as a command line", "复制此扫描的命令行";
}
