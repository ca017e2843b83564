//! Wording of the faults of typed worlds. Each says what is wrong and what would be accepted.

use super::{Text, t};

wording! {
    TOO_LONG = "the text has {} bytes; up to {} are read.", "文本有 {} 字节；最多读取 {} 字节。";
    TOO_DEEP = "this is nested too deeply; up to {} levels are read.", "嵌套过深；最多 {} 层。";
    TOO_MANY_NODES = "the formulas are too large; up to {} numbers, names and operators are read.",
        "公式过大；最多 {} 个数、名称和运算符。";
    TOO_MANY_STEPS = "with its helpers written out this is too large; up to {} operations are taken.",
        "展开辅助函数后过大；最多 {} 次运算。";
    TOO_MANY_SLIDERS = "there are too many sliders; up to {} are taken.", "滑块过多；最多 {} 个。";
    TOO_MANY_HELPERS = "there are too many helper functions; up to {} are taken.", "辅助函数过多；最多 {} 个。";
    TOO_MANY_STATES = "the system has too many states; up to {} are taken, counting a velocity for every x''.",
        "系统的状态过多；最多 {} 个，每个 x'' 另计一个速度。";
    NOT_TEXT = "this is not text; UTF-8 is read.", "这不是文本；请使用 UTF-8。";
    STRANGE_CHARACTER = "the character {} has no meaning here; remove it.", "字符 {} 在此没有意义；请删除。";
    BAD_NUMBER = "this is not a number; write for instance 0.5 or 1e-3.",
        "这不是数；可写作 0.5 或 1e-3。";
    HUGE_NUMBER = "this number is too large; up to 1e308 can be used.", "这个数过大；最大约 1e308。";
    EXPECTED_AT_END = "the statement ends here, but {} is expected.", "语句到此结束，但此处应为{}。";
    EXPECTED = "“{}” cannot stand here; {} is expected.", "此处不能是“{}”；应为{}。";
    UNCLOSED = "“{}” is opened here and never closed; add “{}”.", "此处的“{}”没有闭合；请补上“{}”。";
    AMBIGUOUS = "this can be read in two ways; add brackets and “*”, as in 1/(2*x) or (1/2)*x.",
        "此处有两种读法；请加括号和“*”，例如 1/(2*x) 或 (1/2)*x。";
    UNKNOWN_NAME = "“{}” is not known; define it, as in {} = 1.", "“{}”未定义；请先定义，例如 {} = 1。";
    UNKNOWN_FUNCTION = "the function “{}” is not known; define it, as in {}(u) = u^2.",
        "函数“{}”未定义；请先定义，例如 {}(u) = u^2。";
    UNKNOWN_BUT_NEAR = "“{}” is not known; near it there is {}.", "“{}”未定义；相近的有 {}。";
    LIST_COMMA = ", ", "、";
    NOT_A_FUNCTION = "“{}” is not a function; to multiply, write {}*(…).",
        "“{}”不是函数；相乘请写作 {}*(…)。";
    NEEDS_ARGUMENTS = "“{}” is a function; write {}(…).", "“{}”是函数；请写作 {}(…)。";
    ARGUMENT_COUNT = "“{}” takes {} argument(s), not {}.", "“{}”需要 {} 个自变量，而不是 {} 个。";
    RECURSIVE = "“{}” is defined by itself; a definition may use only others.",
        "“{}”的定义用到了自身；定义只能使用其他名称。";
    DEFINED_TWICE = "“{}” is defined twice; keep one.", "“{}”定义了两次；请只保留一个。";
    TAKEN_BY_FUNCTION = "“{}” belongs to the language; choose another name.", "“{}”是语言自带的名称；请换一个名称。";
    VARIABLE_IN_HELPER = "“{}” is a variable; hand it to “{}” as an argument.",
        "“{}”是变量；请作为自变量传给“{}”。";
    NOT_CONSTANT = "a number is expected here; variables and sliders cannot stand in it.",
        "此处须为常数；不能含有变量或滑块。";
    NOT_FINITE = "this has no finite value; change it.", "其值不是有限的数；请修改。";
    EMPTY_RANGE = "the range is empty; write [low, high] with low < high.",
        "范围为空；请写作 [下限, 上限]，且下限 < 上限。";
    LOG_RANGE = "a logarithmic range starts above 0; write for instance [0.001, 10] log.",
        "对数范围的下限须大于 0；例如 [0.001, 10] log。";
    OUTSIDE_RANGE = "the value lies outside its range; choose one inside.", "该值超出范围；请取范围之内的值。";
    ORDER = "this order is not known; write x' = … or x'' = ….",
        "不支持这个阶数；请写 x' = … 或 x'' = …。";
    START_OF_NOTHING = "“{}” is not a variable, so it has no start.", "“{}”不是变量，没有初值。";
    PAIR_OUTSIDE_FORCE = "only a force has two components; write F(x, y) = (…, …).",
        "只有力可以有两个分量；请写作 F(x, y) = (…, …)。";
    FORCE_ARGUMENTS = "a force takes (x), (x, v), (x, v, t) or in the plane (x, y), (x, y, u, v), each with t last if wanted.",
        "力的自变量为 (x)、(x, v)、(x, v, t)，平面上为 (x, y)、(x, y, u, v)，末尾可加 t。";
    FORCE_NEEDS_PAIR = "a force in the plane has two components; write F(x, y) = (…, …).",
        "平面上的力有两个分量；请写作 F(x, y) = (…, …)。";
    LOSS_ARGUMENTS = "a loss takes one or two arguments; write f(x) = … or f(x, y) = ….",
        "损失函数有一个或两个自变量；请写 f(x) = … 或 f(x, y) = …。";
    TWO_WORLDS = "one text describes one world; keep one loss, one force or one system of equations.",
        "一段文本只描述一个系统；请只保留一个损失函数、一个力或一组方程。";
    WHICH_FUNCTION = "it is not clear which function is meant; call the loss f or the force F.",
        "不清楚指的是哪个函数；请把损失函数命名为 f，或把力命名为 F。";
    NOTHING = "there is nothing to run; write a loss f(x) = …, a force F(x) = … or an equation x' = ….",
        "没有可运行的内容；请写损失函数 f(x) = …、力 F(x) = … 或方程 x' = …。";
}
