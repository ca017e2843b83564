//! What a particle-step costs in a cloud: the workloads W2, W3 and W5 on one thread and on all.

use impetus::workloads::{Size, asked, measure};

fn main() {
    let every = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let wanted: Vec<&str> = ["W2", "W3B", "W3S", "W5"].into_iter().flat_map(asked).collect();
    println!("{:6} {:>8} {:>14} {:>14}", "", "threads", "cpu ns/unit", "wall ns/unit");
    for threads in [1, every] {
        let mut row = |m: impetus::workloads::Measurement| {
            println!("{:6} {threads:>8} {:>14.4} {:>14.4}", m.workload, m.cpu_ns_per_unit, m.ns_per_unit);
        };
        measure(&wanted, Size::Full, threads, &mut row).expect("threads start");
    }
}
