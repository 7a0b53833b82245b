//! What the runtime knows about how likely a value is to be right: algebra, pools, stopping.
