//! Wording of the chapter: the list of scenes, predictions, answers, claims.

use super::{Text, t};

wording! {
    SEARCH = "Search the chapter", "搜索本章";
    SEARCH_HINT = "Search", "搜索";
    SEARCH_CLEAR = "Clear the search", "清除搜索";
    SEARCH_NONE = "No scene fits; try fewer words.", "没有匹配的场景；请减少关键词。";
    PREVIOUS = "Previous scene", "上一个场景";
    NEXT = "Next scene", "下一个场景";
    BEGIN = "Start the chapter here", "从此处开始阅读本章";
    UNREAD = "To the first scene not done", "前往第一个未完成的场景";
    FORGET = "Forget progress", "清除阅读进度";
    FORGOTTEN = "The progress through the chapter is forgotten.", "本章的阅读进度已清除。";
    GROUP_DONE = "{}: {} of {} done", "{}：已完成 {} / {}";
    DONE = "Done: {}", "已完成：{}";
    BEGUN = "Begun: {}", "已开始：{}";
    ROWS = "experiments {}", "实验 {}";
    ROW = "experiment {}", "实验 {}";
    PREDICTION = "Prediction", "预测";
    PREDICT = "Predict first", "先作预测";
    PREDICT_HELP = "Say what the run will do before you see it.", "在看到运行结果之前，先说出你的判断。";
    AGAIN = "Predict again", "重新预测";
    AGAIN_HELP = "The right answer is always that of the present values.", "正确答案始终针对当前参数值。";
    REVIEW = "See the comparison", "查看比较";
    SKIP = "Skip", "跳过";
    SKIP_HELP = "Goes on without a prediction.", "不作预测，继续。";
    SHOW_BENCH = "Show the bench", "显示实验台";
    SHOW_BENCH_HELP = "The question stays open.", "问题保留，稍后可答。";
    COMPARE = "Compare", "比较";
    ERASE = "Erase", "擦除";
    DRAW = "Draw the curve with the mouse; draw over it to mend it.", "用鼠标画出曲线；重画即可修改。";
    PAPER = "Sketch: {} over {}", "草图：{} 随 {} 的变化";
    DRAW_MORE = "Draw over a quarter of the width at least.", "至少画满四分之一的宽度。";
    COMPUTING = "The run is being computed, {} of {} iterations; it answers when it is done.", "正在计算运行：{} / {} 步；完成后即可对照。";
    RIGHT = "Right: {}", "正确：{}";
    WRONG = "The run says otherwise: {}", "运行结果不同：{}";
    CHOSEN = "your choice", "你的选择";
    SAYS_RUN = "what the run does", "运行结果";
    OFF = "Off by {} % of the height (root mean square), over {} % of the width.", "均方根偏差为图高的 {} %，所画占图宽的 {} %。";
    NOTHING_COMMON = "The curve of the run does not pass where you drew.", "运行曲线不经过你所画的区间。";
    YOURS = "your sketch", "你的草图";
    RUN = "the run", "运行结果";
    EARLIER_RIGHT = "Predicted right.", "预测正确。";
    EARLIER_WRONG = "Predicted otherwise.", "预测与结果不同。";
    EARLIER_DRAWN = "Sketched.", "已画草图。";
    EARLIER_SKIPPED = "Skipped the prediction.", "已跳过预测。";
    STALE = "Your prediction was for other values.", "你的预测针对的是其他参数值。";
    NO_PAPER = "These values do not give the view to sketch in; others do.", "这些参数下没有可供作图的视图；请改变参数。";
    ANSWER = "Answer", "答案";
    SHOW_ANSWER = "Show the answer", "显示答案";
    CLAIMS = "What the sources say", "原文的说法";
    ARTICLE = "Article {}", "文章 {}";
    QUOTED = "“{}”", "“{}”";
    READING = "Further reading", "延伸阅读";
    FIGURE = "Figure of this scene…", "本场景的图形…";
    FIGURE_HELP = "All of its views in one figure, ready to be saved", "所有视图合成一幅图，可直接保存";
}
