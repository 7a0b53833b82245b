//! Medians and the interval of a median.

use std::fmt;

use serde::Serialize;

use crate::generate::Random;

/// A median of ratios with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// The median.
    pub median: f64,
    /// The lower end of the interval.
    pub lo: f64,
    /// The upper end of the interval.
    pub hi: f64,
}

impl Ratio {
    /// The median of a sample; the ends are the 2.5 % and 97.5 % quantiles of the medians of resamples, which are drawn
    /// with replacement and by a fixed seed. All are 0 for an empty sample.
    pub(super) fn of(sample: &[f64], resamples: usize) -> Self {
        let mut random = Random::new(1);
        let mut medians: Vec<f64> = (0..resamples)
            .map(|_| {
                let mut drawn: Vec<f64> = sample.iter().map(|_| random.pick(sample)).collect();
                median(&mut drawn)
            })
            .collect();
        medians.sort_by(f64::total_cmp);
        let quantile = |share: f64| {
            let index = (share * medians.len().saturating_sub(1) as f64).round();
            medians.get(index as usize).copied().unwrap_or(0.0)
        };
        Self { median: median(&mut sample.to_vec()), lo: quantile(0.025), hi: quantile(0.975) }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:5.2}× [{:5.2}, {:5.2}]", self.median, self.lo, self.hi)
    }
}

/// The middle of a sample, or the mean of the two in the middle; 0 for an empty one.
pub(super) fn median(sample: &mut [f64]) -> f64 {
    sample.sort_by(f64::total_cmp);
    let middle = sample.len() / 2;
    let upper = sample.get(middle).copied().unwrap_or(0.0);
    if sample.len() % 2 == 1 {
        return upper;
    }
    let lower = middle.checked_sub(1).and_then(|index| sample.get(index)).copied().unwrap_or(upper);
    (lower + upper) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_in_the_middle() {
        assert_eq!(median(&mut []), 0.0);
        assert_eq!(median(&mut [3.0]), 3.0);
        assert_eq!(median(&mut [9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [9.0, 1.0, 2.0, 4.0]), 3.0);
    }

    #[test]
    fn the_interval_holds_the_median_and_narrows_with_the_sample() {
        let sample =
            |count: u32| -> Vec<f64> { (0..count).map(|index| f64::from(index % 20) / 10.0).collect() };
        let (few, many) = (Ratio::of(&sample(20), 2_000), Ratio::of(&sample(2_000), 2_000));
        for ratio in [few, many] {
            assert!(ratio.lo <= ratio.median && ratio.median <= ratio.hi, "{ratio:?}");
        }
        assert!(few.lo < few.hi);
        assert!(many.hi - many.lo < (few.hi - few.lo) / 2.0, "{few:?} {many:?}");
        assert_eq!(few, Ratio::of(&sample(20), 2_000), "the seed is fixed");
    }
}
