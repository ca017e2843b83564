//! Wording of the strip of machines.

use super::{Text, t};

wording! {
    VELOCITY = "velocity", "速度";
    FORCE = "force", "力";
    FRICTION = "friction", "摩擦";
    DRAG_START = "{}: drag to set the start of mode {}", "{}：拖动以设定模态 {} 的起点";
    DRAG_BALL = "{}: drag to set the start", "{}：拖动以设定起点";
    DRAG_TARGET = "set point: drag to move it along mode {}", "设定点：拖动以沿模态 {} 移动";
}
