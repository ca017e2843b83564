//! Wording of the interface, apart from what scenes say of themselves.

use super::{Text, t};

wording! {
    PARAMETERS = "Parameters", "参数";
    LENS_OF = "{} lens", "{}视角";
    READOUTS = "Read-outs", "读数";
    PREDICTED = "predicted", "预测";
    MEASURED = "measured", "实测";
    REGIMES = "Damping regimes", "阻尼状态";
    NOTES = "Worth knowing", "值得注意";
    MODE = "Mode", "模态";
    CHAPTER = "Chapter", "章节";
    START_FROM = "Start from", "从这里开始";
    FIRST = "To the start", "回到起点";
    BACK = "One iteration back", "后退一步";
    PLAY = "Play", "播放";
    PAUSE = "Pause", "暂停";
    FORWARD = "One iteration forward", "前进一步";
    LOOP = "Start over at the end", "循环播放";
    SCRUB = "Iteration shown", "当前迭代步";
    SPEED = "Speed", "速度";
    RESET = "Reset", "重置";
    RESET_HELP = "Everything back to how this scene starts, bit for bit", "全部恢复到本场景的初始状态，逐位一致";
    SEED = "seed", "种子";
    SEED_HELP = "Seed of all noise; the same seed gives the same bits", "所有噪声的种子；相同种子得到相同的每一位";
    LENGTH = "iterations", "迭代数";
    LENGTH_HELP = "Length of the run", "运行长度";
    FROM_NOW = "from now on", "从此刻起";
    FROM_NOW_HELP = "On: a slider acts from the present iteration on, and the past stays. Off: the whole run is made again.",
        "开：滑块从当前迭代起生效，过去不变。关：整个运行重新计算。";
    FIGURE = "Figure…", "图形…";
    FIGURE_HELP = "Figure studio (Ctrl+E)", "图形工作室（Ctrl+E）";
    FIGURE_OF_VIEW = "Make a figure of this view", "把此视图做成图形";
    VERIFY = "Verify", "验证";
    VERIFY_TITLE = "Verify: the program held to numbers it did not make", "验证：用程序之外算出的数值检验程序";
    VERIFY_SCORE = "{} of {} cases pass, {} fail, {} are not covered", "{} / {} 个算例通过，{} 个失败，{} 个未覆盖";
    VERIFY_PASS = "pass", "通过";
    VERIFY_FAIL = "fail", "失败";
    VERIFY_OPEN = "not covered", "未覆盖";
    VERIFY_BAD = "malformed", "格式有误";
    VERIFY_ORDERS = "Observed order of every integrator", "各积分器的实测阶数";
    VERIFY_FILTER = "Filter", "筛选";
    VERIFY_FAULTS = "only what does not pass", "只看未通过的";
    VERIFY_HINT = "Choose a case to see what was wanted and what was computed.", "选择一个算例，查看期望值与计算值。";
    VERIFY_JUMP = "Show it on the bench", "在实验台上显示";
    VERIFY_WAY = "computed by", "计算方式";
    VERIFY_KEY = "quantity", "量";
    VERIFY_WANTED = "wanted", "期望";
    VERIFY_GOT = "got", "得到";
    VERIFY_OFF = "difference", "差";
    FORMULA = "Formula", "公式";
    SOURCE = "Source", "来源";
    REPRODUCE = "Reproduce on the command line", "在命令行重现";
    COPY = "Copy", "复制";
    EVIDENCE_HELP = "Click for the formula, its ingredients and source", "点击查看公式、各量取值与来源";
    CANCEL = "Cancel", "取消";
    CLOSE = "Close", "关闭";
    UNDO = "Undo", "撤销";
    REDO = "Redo", "重做";
    LANGUAGE = "Language", "语言";
    THEME = "Light or dark", "浅色或深色";
    THEME_LIGHT = "Light", "浅色";
    THEME_DARK = "Dark", "深色";
    EXPAND = "Enlarge", "放大";
    SHRINK = "Back to the grid", "回到网格";
    VIEW = "View", "视图";
    MACHINE_BALL = "ball on the loss", "损失面上的小球";
    MACHINE_BLOCK = "mass–spring–damper", "质量–弹簧–阻尼";
    MACHINE_ARM = "PD joint", "PD 关节";
    MACHINE_CLOUD = "sampler cloud", "采样器粒子云";
    SET_POINT = "set point", "设定点";
    NO_TWIN = "no twin here", "此处没有孪生";
    STOPPED = "stopped at n = {}", "停于 n = {}";
    ARROWS = "arrows: velocity, force, friction", "箭头：速度、力、摩擦";
    SHORTCUTS = "Space play · ← → step · 1–4 lens · Ctrl+E figure · Ctrl+Z undo", "空格 播放 · ← → 单步 · 1–4 视角 · Ctrl+E 图形 · Ctrl+Z 撤销";
    COMPUTING = "computed {} of {}", "已计算 {} / {}";
    NO_DISPLAY = "There is no display to open a window on; `impetus figures --out figures` (or `cargo run --release -- figures --out figures`) makes every figure without one.",
        "没有可用的显示器来打开窗口；`impetus figures --out figures`（或 `cargo run --release -- figures --out figures`）无需显示器即可生成全部图形。";
    NO_WINDOW = "The window could not be opened ({}). On Debian and Ubuntu it needs libx11-6 libxcursor1 libx11-xcb1 libxi6 libxkbcommon-x11-0 libgl1; without a display, `cargo run --release -- figures --out figures` makes every figure.",
        "无法打开窗口（{}）。在 Debian 与 Ubuntu 上需要 libx11-6 libxcursor1 libx11-xcb1 libxi6 libxkbcommon-x11-0 libgl1；没有显示器时可用 `cargo run --release -- figures --out figures` 生成全部图形。";
}
