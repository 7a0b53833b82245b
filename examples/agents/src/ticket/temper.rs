use super::label::{Label, softmax};

/// The temperature under which the softmax of scores fits known labels best: the least mean of `-ln p(label)`, over a
/// geometric grid from 0.1 to about 50. Scores that exaggerate get a temperature over 1.
pub(super) fn temperature(scored: &[([f64; 3], Label)]) -> f64 {
    let grid = (0..65).map(|step| 0.1 * 1.1_f64.powi(step));
    let loss = |temperature: f64| -> f64 {
        let terms =
            scored.iter().map(|(scores, label)| -label.of(softmax(*scores, temperature)).max(1e-12).ln());
        terms.sum()
    };
    let best = grid
        .map(|temperature| (loss(temperature), temperature))
        .min_by(|one, other| one.0.total_cmp(&other.0));
    best.map_or(1.0, |(_, temperature)| temperature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_that_exaggerate_are_tempered() {
        // Says 98 % each time and is right three times out of four: p = 0.75 needs a gap of ln 6 ≈ 1.79.
        let scored =
            [Label::Bug, Label::Bug, Label::Bug, Label::Question].map(|label| ([5.0, 0.0, 0.0], label));
        let probability = softmax([5.0, 0.0, 0.0], temperature(&scored))[0];
        assert!((probability - 0.75).abs() < 0.02, "{probability}");
    }
}
