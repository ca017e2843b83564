//! Numbers and notes of the comparison.

use super::{EQUAL_RATE, bench, methods, sample, story};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let labels = [
        t("loss, gradient descent", "损失，梯度下降"),
        t("loss, momentum", "损失，动量法"),
        t("loss, Nesterov", "损失，Nesterov"),
        t("loss, RMSProp", "损失，RMSProp"),
        t("loss, Adam", "损失，Adam"),
    ];
    let note = t(
        "Median over the starts of the loss after all gradients are spent; the figure of final losses has its 95 % interval.",
        "用完全部梯度后损失在各起点上的中位数；其 95 % 区间见“最终损失”图。",
    );
    let finals = bench::finals(seen);
    let median = |i: usize| sample::median(finals.get(i)?);
    let mut out: Vec<Readout> =
        labels.into_iter().enumerate().map(|(i, label)| number(seen, label, note).measured(median(i)).done()).collect();
    let spent = t("gradients spent", "所用梯度数");
    let note = t(
        "Gradient evaluations of every method from one start, counted while they ran: least and most of the five agree.",
        "每种方法自一个起点实际使用的梯度求值次数：五者的最小值与最大值一致。",
    );
    let [least, most] = bench::spent(seen);
    out.push(number(seen, spent, note).predicted((least == most).then_some(seen.get("budget"))).measured(most).done());
    out
}

pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let mut out = vec![story::limits(seen)];
    if seen.index("rule") == EQUAL_RATE {
        let equal = t(
            "Momentum and Nesterov run at the step that gives them the effective rate of gradient descent; a rate of RMSProp or Adam is a length and has no such counterpart, so they stay tuned.",
            "动量法与 Nesterov 取与梯度下降有效学习率相同的步长；RMSProp 与 Adam 的学习率是长度，没有对应量，因此仍各自调参。",
        );
        out.push(seen.say(equal).to_owned());
    }
    for (i, _) in bench::at_edge(seen).into_iter().enumerate().filter(|(_, edge)| *edge) {
        let edge = t(
            "The best step size of {} lies at the end of those that were tried: it may be tuned too little.",
            "{} 的最佳步长落在所试范围的端点：调参可能不够。",
        );
        out.push(crate::text::fill(seen.say(edge), &[seen.say(methods::NAMES[i])]));
    }
    out
}
