//! Section 9: two players, stepped, and their growth read from the matrix of one step.

use std::sync::Arc;

use impetus::core::fields::{BilinearGame, DiracGan};
use impetus::core::methods::{Convention, Extragradient, GameMomentum, Optimistic, ProximalPoint, heavy_ball};
use impetus::core::{Field, Stepper, System};

use crate::case::Case;
use crate::machine::{characteristic, map, radius, states};

/// A game, and how many slots its method remembers from step to step.
struct Play {
    system: System,
    slots: usize,
}

impl Play {
    fn new(field: impl Field + 'static, stepper: impl Stepper + 'static, slots: usize) -> Self {
        Play { system: System::new(Arc::new(field), stepper), slots }
    }

    fn rho(&self) -> f64 {
        radius(&map(&self.system, 2, self.slots))
    }

    fn judge(&self, case: &Case) {
        let rho = self.rho();
        case.holds("rho", &[rho]);
        // A modulus of 1 to rounding is not stable.
        assert_eq!(case.expected("stable"), rho < 1.0 - 1e-9, "{}", case.id());
    }
}

fn positions(system: &System, case: &Case, start: [&str; 2]) -> Vec<f64> {
    let start = start.map(|key| case.num(key));
    states(system, &start, &[], case.count("n")).iter().flat_map(|s| s.q.clone()).collect()
}

/// The bilinear game by every method.
pub fn bilinear(case: &Case) -> bool {
    let (eta, beta, field) = (case.num("q"), case.num("beta"), BilinearGame::bilinear(1.0));
    let play = match case.text("method") {
        "sim" => Play::new(field, GameMomentum::simultaneous(eta, beta), 0),
        "alt" => Play::new(field, GameMomentum::alternating(eta, beta), 0),
        "extragradient" => Play::new(field, Extragradient { eta }, 0),
        "optimistic" => Play::new(field, Optimistic { eta }, 1),
        "proximal" => Play::new(field, ProximalPoint { eta }, 0),
        other => panic!("no game method {other}"),
    };
    play.judge(case);
    case.holds("xy", &positions(&play.system, case, ["x0", "y0"]));
    true
}

/// Heavy ball under a complex curvature, as the word and as a game.
pub fn ellipse(case: &Case) -> bool {
    let [real, imaginary, beta] = ["qr", "qi", "beta"].map(|key| case.num(key));
    let field = BilinearGame::regularised(real, imaginary);
    Play::new(field, heavy_ball(1.0, beta, Convention::Displacement), 0).judge(case);
    Play::new(field, GameMomentum::simultaneous(1.0, beta), 0).judge(case);
    true
}

/// The laws of slow growth, which hold to half a percent.
pub fn growth(case: &Case) -> bool {
    let (beta, q) = (case.num("beta"), case.num("q"));
    let rate = |game: GameMomentum| Play::new(BilinearGame::bilinear(1.0), game, 0).rho().ln() / (q * q);
    let law = |key: &str| case.expected(key).as_f64().unwrap();
    let (sim, alt) = (law("sim_over_q2_law"), law("alt_over_q2_law"));
    let bound = 5e-3 * sim.abs().max(alt.abs());
    assert!((rate(GameMomentum::simultaneous(q, beta)) - sim).abs() <= bound, "{}", case.id());
    assert!((rate(GameMomentum::alternating(q, beta)) - alt).abs() <= bound, "{}", case.id());
    true
}

/// The game with a pull towards its solution.
pub fn regularised(case: &Case) -> bool {
    let field = BilinearGame::regularised(case.num("mu"), case.num("a"));
    Play::new(field, GameMomentum::simultaneous(case.num("eta"), case.num("beta")), 0).judge(case);
    true
}

/// A momentum for each player.
pub fn alt_two_beta(case: &Case) -> bool {
    let game = GameMomentum::alternating(case.num("q"), 0.0).with_betas(case.num("beta_x"), case.num("beta_y"));
    let play = Play::new(BilinearGame::bilinear(1.0), game, 0);
    case.holds("char_poly", &characteristic(&map(&play.system, 2, 0)));
    play.judge(case);
    true
}

/// The Dirac-GAN.
pub fn dirac_gan(case: &Case) -> bool {
    let (eta, beta) = (case.num("eta"), case.num("beta"));
    let game = match case.input("alternating") == true {
        true => GameMomentum::alternating(eta, beta),
        false => GameMomentum::simultaneous(eta, beta),
    };
    let system = System::new(Arc::new(DiracGan), game);
    case.holds("theta_psi", &positions(&system, case, ["theta0", "psi0"]));
    true
}
