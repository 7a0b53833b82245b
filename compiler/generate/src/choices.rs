/// Where a generator gets its decisions from.
///
/// Over a slice of numbers the decisions are as large as the numbers, and once the slice is used up each is the
/// smallest one, so that fewer and smaller numbers make a smaller program: this is what lets proptest shrink one.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    source: Source<'a>,
}

#[derive(Clone, Debug)]
enum Source<'a> {
    Numbers(&'a [u32]),
    Seed(u64),
}

impl<'a> Choices<'a> {
    /// Decisions that follow from numbers of the whole range of `u32`.
    pub fn new(numbers: &'a [u32]) -> Self {
        Self { source: Source::Numbers(numbers) }
    }

    /// Decisions without end that follow from a seed, the same on every machine.
    pub fn from_seed(seed: u64) -> Self {
        Self { source: Source::Seed(seed) }
    }

    /// Whether all further decisions are the smallest; never with a seed.
    pub fn is_used_up(&self) -> bool {
        matches!(self.source, Source::Numbers([]))
    }

    fn next(&mut self) -> u32 {
        match &mut self.source {
            Source::Numbers(numbers) => {
                let Some((first, rest)) = numbers.split_first() else { return 0 };
                *numbers = rest;
                *first
            }
            Source::Seed(state) => {
                // SplitMix64 (Steele, Lea and Flood 2014).
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut mixed = *state;
                mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                ((mixed ^ (mixed >> 31)) >> 32) as u32
            }
        }
    }

    /// A number below a limit; 0 for a limit of 0. A smaller number of the source never gives a larger one.
    pub fn below(&mut self, limit: usize) -> usize {
        let scaled = u128::from(self.next()) * limit as u128;
        (scaled >> 32) as usize
    }

    /// True in so many of a hundred cases; false once the numbers are used up.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) + percent >= 100
    }

    /// One of several, the first once the numbers are used up; the default of an empty list.
    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len());
        from.get(index).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_number_never_decides_for_less() {
        for limit in [0, 1, 2, 7, 100] {
            let numbers: Vec<u32> = (0..1000).map(|n| n * 4_294_967).collect();
            let mut choices = Choices::new(&numbers);
            let made: Vec<usize> = numbers.iter().map(|_| choices.below(limit)).collect();
            assert!(made.is_sorted(), "{made:?}");
            assert_eq!(made.last().copied(), Some(limit.saturating_sub(1)));
        }
    }

    #[test]
    fn without_numbers_every_decision_is_the_smallest() {
        let mut choices = Choices::new(&[]);
        assert_eq!(choices.below(1000), 0);
        assert!(!choices.chance(99));
        assert_eq!(choices.pick(&["first", "second"]), "first");
    }

    #[test]
    fn a_chance_is_as_large_as_it_says() {
        let mut choices = Choices::from_seed(1);
        let hits = (0..10_000).filter(|_| choices.chance(30)).count();
        assert!((2_700..3_300).contains(&hits), "{hits}");
        assert!((0..100).all(|_| !choices.chance(0) && choices.chance(100)));
    }
}
