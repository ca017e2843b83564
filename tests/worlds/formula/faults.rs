//! Faults: what, where to the byte and the column, in both languages, and the line with its caret.

use impetus::formula::{Fault, World};
use impetus::text::Lang;

fn fault(source: &str) -> Fault {
    match World::parse(source) {
        Err(fault) => fault,
        Ok(world) => panic!("{source:?} is read as {:?}", world.kind()),
    }
}

/// A source, the text at fault (empty where something is missing), line, column, and a part of the
/// sentence in either language.
type Row = (&'static str, &'static str, usize, usize, &'static str, &'static str);

const TABLE: &[Row] = &[
    // What is missing.
    (
        "f(x) = x +",
        "",
        1,
        11,
        "ends here, but a number, a name or “(” is expected",
        "语句到此结束，但此处应为数、名称或“(”",
    ),
    ("f(x) =", "", 1, 7, "ends here, but a number", "语句到此结束"),
    ("x^2 + ; a = 3", "", 1, 6, "ends here", "语句到此结束"),
    ("f(x) = sin(x", "(", 1, 11, "“(” is opened here and never closed; add “)”", "没有闭合；请补上“)”"),
    ("f(x) = 2*(x + (1 - x)", "(", 1, 10, "never closed", "没有闭合"),
    ("f(x) = |x + 1", "|", 1, 8, "“|” is opened here and never closed; add “|”", "请补上“|”"),
    ("f(x) = (x + 1\na = 3", "(", 1, 8, "never closed", "没有闭合"),
    ("a = 1 in [0, 2\nx*a", "x", 2, 1, "“]” is expected", "应为“]”"),
    ("a = 1 in [0]; x", "]", 1, 12, "“,” is expected", "应为“,”"),
    ("a = 1 in 3; x", "3", 1, 10, "“[” is expected", "应为“[”"),
    // What cannot stand there.
    ("f(x) = x)", ")", 1, 9, "“)” cannot stand here; an operator", "此处不能是“)”"),
    ("f(x) = 2 * * x", "*", 1, 12, "“*” cannot stand here; a number", "此处不能是“*”"),
    ("f(x) = x y", "y", 1, 10, "an operator such as *", "运算符（如 *）"),
    ("f(x) = 2 3", "3", 1, 10, "an operator such as *", "运算符（如 *）"),
    ("3 = x", "3", 1, 1, "“name =”, “f(x) =”", "“名称 =”"),
    ("a + b = 3", "+", 1, 3, "“name =”", "“名称 =”"),
    ("f(x, 2) = x", "2", 1, 6, "the name of an argument", "自变量的名称"),
    ("f(x) = x $ 2", "$", 1, 10, "the character “$” has no meaning", "字符 “$” 在此没有意义"),
    ("x\0", "\0", 1, 2, "the character U+0000", "字符 U+0000"),
    ("f(x) = 1.2.3*x", "1.2.3", 1, 8, "not a number; write for instance 0.5", "这不是数"),
    ("f(x) = 1e999*x", "1e999", 1, 8, "too large; up to 1e308", "这个数过大"),
    // What could be read in two ways.
    ("f(x) = 1/2x", "2x", 1, 10, "two ways; add brackets", "两种读法"),
    ("f(x) = 1/2(x + 1)", "2(", 1, 10, "two ways", "两种读法"),
    ("f(x) = 2^3x", "3x", 1, 10, "two ways", "两种读法"),
    ("f(x) = exp(x)/(2)(x)", "(2)(", 1, 15, "two ways", "两种读法"),
    ("f(x) = x²^3", "x²^", 1, 8, "two ways", "两种读法"),
    // Names.
    ("f(x) = b*x", "b", 1, 8, "“b” is not known; define it, as in b = 1", "“b”未定义；请先定义，例如 b = 1"),
    ("f(x) = 2*x\ng(u) = u + zeta", "zeta", 2, 12, "“zeta” is not known; define it, as in zeta = 1", "“zeta”未定义"),
    ("f(x) = lambda*lamdba; lambda = 3", "lamdba", 1, 15, "near it there is lambda", "相近的有 lambda"),
    ("f(x) = sni(x)", "sni", 1, 8, "near it there is sin", "相近的有 sin"),
    ("f(x) = log(x)", "log", 1, 8, "near it there is ln, log10, log2", "相近的有 ln、log10、log2"),
    ("f(x) = arctan(x)", "arctan", 1, 8, "near it there is atan", "相近的有 atan"),
    ("f(x) = heavi(x)", "heavi", 1, 8, "define it, as in heavi(u) = u^2", "例如 heavi(u) = u^2"),
    ("f(x) = x(x + 1)", "x", 1, 8, "“x” is not a function; to multiply, write x*(…)", "“x”不是函数；相乘请写作 x*(…)"),
    ("f(x) = 2*pi(x)", "pi", 1, 10, "“pi” is not a function", "“pi”不是函数"),
    ("f(x) = sin", "sin", 1, 8, "“sin” is a function; write sin(…)", "“sin”是函数；请写作 sin(…)"),
    ("f(x) = g + x; g(u) = u", "g", 1, 8, "“g” is a function", "“g”是函数"),
    ("f(x) = max(x)", "max(x)", 1, 8, "“max” takes 2 argument(s), not 1", "“max”需要 2 个自变量，而不是 1 个"),
    ("f(x) = g(x, 1); g(u) = u", "g(x, 1)", 1, 8, "takes 1 argument(s), not 2", "需要 1 个自变量"),
    ("f(x) = g(x); g(u) = g(u - 1)", "g(u - 1)", 1, 21, "“g” is defined by itself", "“g”的定义用到了自身"),
    ("x*a; a = b; b = a", "a", 1, 17, "“a” is defined by itself", "“a”的定义用到了自身"),
    ("x*a; a = 1\na = 2", "a", 2, 1, "“a” is defined twice", "“a”定义了两次"),
    ("f(x) = x; x = 2", "x", 1, 11, "“x” is defined twice", "“x”定义了两次"),
    ("f(x, x) = x", "x", 1, 6, "“x” is defined twice", "“x”定义了两次"),
    ("x' = 1; x'' = 2", "x''", 1, 9, "“x” is defined twice", "“x”定义了两次"),
    ("sin = 3; x", "sin", 1, 1, "“sin” belongs to the language", "“sin”是语言自带的名称"),
    ("f(exp) = 1", "exp", 1, 3, "“exp” belongs to the language", "语言自带"),
    (
        "f(x) = g(1); g(u) = u*x",
        "x",
        1,
        23,
        "“x” is a variable; hand it to “g” as an argument",
        "“x”是变量；请作为自变量传给“g”",
    ),
    // Numbers.
    ("x*a; a = 1 in [2, 0]", "2, 0", 1, 16, "low < high", "下限 < 上限"),
    ("x*a; a = 1 in [0, 2] log", "0", 1, 16, "starts above 0", "下限须大于 0"),
    ("x*a; a = 3 in [0, 2]", "3", 1, 10, "outside its range", "超出范围"),
    (
        "x*a*b; a = 1 in [0, b]; b = 1 in [0, 2]",
        "b",
        1,
        21,
        "variables and sliders cannot stand in it",
        "不能含有变量或滑块",
    ),
    ("x*a; a = 1/0", "1/0", 1, 10, "no finite value", "不是有限的数"),
    ("x^2; x0 = ln(a); a = 0 in [0, 1]", "ln(a)", 1, 11, "no finite value", "不是有限的数"),
    // Worlds.
    ("", "", 1, 1, "nothing to run; write a loss f(x) = …", "没有可运行的内容"),
    ("x^2\nx^3", "x^3", 2, 1, "one text describes one world", "只描述一个系统"),
    ("x' = -x; x^2", "x^2", 1, 10, "one text describes one world", "只描述一个系统"),
    ("g(u) = u; h(u) = u", "h", 1, 11, "call the loss f or the force F", "请把损失函数命名为 f"),
    ("f(x, y, z) = x", "f", 1, 1, "a loss takes one or two arguments", "损失函数有一个或两个自变量"),
    ("f(x, y) = (x, y)", "y", 1, 15, "only a force has two components", "只有力可以有两个分量"),
    ("F(x, y) = x*y", "x*y", 1, 11, "a force in the plane has two components", "平面上的力有两个分量"),
    ("F(x, y, z) = (x, y)", "F", 1, 1, "a force takes (x), (x, v)", "力的自变量为 (x)、(x, v)"),
    ("x''' = 1", "x'''", 1, 1, "write x' = … or x'' = …", "请写 x' = … 或 x'' = …"),
    ("x' = 1; y(0) = 2", "y", 1, 9, "“y” is not a variable, so it has no start", "“y”不是变量，没有初值"),
    // Columns count characters, not bytes.
    ("势能 = 3; f(η) = η²·势能 + ω", "ω", 1, 24, "“ω” is not known", "“ω”未定义"),
    ("# 双势阱\nf(x) = 刚度·x²", "刚度", 2, 8, "“刚度” is not known", "“刚度”未定义"),
    ("f（x）＝ｓｎｉ（x）", "ｓｎｉ", 1, 6, "“sni” is not known; near it there is sin", "相近的有 sin"),
];

#[test]
fn faults_name_place_and_remedy() {
    for (source, text, line, column, en, zh) in TABLE {
        let fault = fault(source);
        let got = (&source[fault.span.clone()], fault.line, fault.column);
        assert_eq!(got, (*text, *line, *column), "{source:?}: {fault}");
        for (lang, part, place) in [
            (Lang::En, en, format!("Line {line}, column {column}: ")),
            (Lang::Zh, zh, format!("第 {line} 行第 {column} 列：")),
        ] {
            let said = fault.say(lang);
            assert!(said.starts_with(&place) && said.contains(part), "{source:?}: {said}");
            assert!(said.ends_with(['.', '。', '…']), "{said}");
        }
    }
}

#[test]
fn carets_stand_under_the_fault() {
    let table = [
        ("f(x) = sni(x)", "f(x) = sni(x)\n       ^~~"),
        ("f(x) = x +", "f(x) = x +\n          ^"),
        ("a = 1\nf(x) = b*x\nc = 2", "f(x) = b*x\n       ^"),
        ("f(x) = sin(x\r\n", "f(x) = sin(x\n          ^"),
        ("\tx $ 2", " x $ 2\n   ^"),
        ("势能 = 3; f(η) = η²·势能 + ω", "势能 = 3; f(η) = η²·势能 + ω\n                           ^"),
        ("f(x) = 刚度·x²", "f(x) = 刚度·x²\n       ^~~~"),
        ("f（x）＝ｓｎｉ（x）", "f（x）＝ｓｎｉ（x）\n        ^~~~~~"),
        ("f(x) = (x\n + 1", "f(x) = (x\n       ^"),
        ("", "\n^"),
    ];
    for (source, want) in table {
        assert_eq!(fault(source).caret(source), want, "{source:?}");
    }
    let long = format!("f(x) = {}x $ {}", "x + ".repeat(60), "+ x".repeat(60));
    let caret = fault(&long).caret(&long);
    let (line, mark) = caret.split_once('\n').unwrap();
    assert!(line.starts_with('…') && line.ends_with('…') && line.chars().count() <= 100, "{line}");
    assert_eq!(line.chars().nth(mark.len() - 1), Some('$'), "{caret}");
}
