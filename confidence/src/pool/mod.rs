//! Pooling: several opinions about one question become one answer with a posterior probability.
//!
//! The cold pool scores each given option `k` with `m_k` supporters among `n` voices as
//!
//! `S_k = Σ_{i∈k} w·logit(p_i) + h + d·(m_k - 1)`,
//!
//! where `w = τ`, `h = τ·ln(K - 1)`, `d = -τ·ln a`, and takes the softmax over all `K` options, those
//! nobody gave at score 0. `τ` discounts for voices that err together: `1/(1 + (n - 1)φ)` where
//! `a = 1/(K - 1)` is taken as the probability that two wrong voices agree, `1/sqrt(1 + (n - 1)φ)` where
//! `a` is measured. A lone voice keeps exactly the probability it came in with.
//!
//! ```
//! use prism_confidence::pool::{Ballot, PoolRule, pool};
//! use prism_confidence::{Confidence, Mode};
//!
//! let answers = [("bug", "a", 0.9), ("billing", "b", 0.7), ("bug", "c", 0.8)];
//! let ballots: Vec<Ballot> = answers
//!     .iter()
//!     .map(|(label, agent, p)| Ok(Ballot::new(*label, &Confidence::stated(*agent, *p)?, Mode::Frank)))
//!     .collect::<Result<_, prism_confidence::ConfidenceError>>()?;
//! let pooled = pool(&ballots, &PoolRule { options: Some(3), ..PoolRule::default() }).unwrap();
//! assert_eq!((pooled.winner, pooled.support), (0, 2));
//! let confidence = pooled.confidence("label.pool", &ballots)?;
//! assert_eq!(confidence.point(Mode::Frank), pooled.probability);
//! # Ok::<(), prism_confidence::ConfidenceError>(())
//! ```

mod ballot;
mod result;
mod score;
mod tally;
mod voices;

pub use ballot::{Ballot, PROBABILITY_CLIP, sceptical_prior};
pub use result::{OptionShare, Pooled, pool};
pub use score::{DEFAULT_CORRELATION, PoolRule, posterior_bound};

pub(crate) use ballot::clipped;
pub(crate) use score::options_with;
pub(crate) use tally::Tally;
