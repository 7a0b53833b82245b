use std::collections::BTreeSet;
use std::env;

use anyhow::{Result, bail};

/// The variable that names what must be there: without it, stages that need it fail instead of being skipped.
const VARIABLE: &str = "PRISM_REQUIRE";

/// Programs besides the Rust toolchain that some stages need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tool {
    Node,
    Python,
    Deny,
    Valgrind,
    Fuzz,
}

impl Tool {
    const ALL: &'static [Self] = &[Self::Node, Self::Python, Self::Deny, Self::Valgrind, Self::Fuzz];

    fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Python => "python",
            Self::Deny => "deny",
            Self::Valgrind => "valgrind",
            Self::Fuzz => "fuzz",
        }
    }
}

/// The tools whose absence is a failure.
pub(super) struct Requirements {
    tools: BTreeSet<Tool>,
}

impl Requirements {
    /// What the environment asks for.
    pub(super) fn from_environment() -> Result<Self> {
        Self::parse(&env::var(VARIABLE).unwrap_or_default())
    }

    fn parse(list: &str) -> Result<Self> {
        let mut tools = BTreeSet::new();
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match Tool::ALL.iter().find(|tool| tool.name() == name) {
                Some(&tool) => tools.insert(tool),
                None => bail!("{VARIABLE} names {name:?}; it may list {}", Self::names()),
            };
        }
        Ok(Self { tools })
    }

    fn names() -> String {
        Tool::ALL.iter().map(|tool| tool.name()).collect::<Vec<_>>().join(", ")
    }

    /// Whether the tool must be there.
    pub(super) fn contains(&self, tool: Tool) -> bool {
        self.tools.contains(&tool)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_separated_by_commas() {
        let requirements = Requirements::parse("node, python").unwrap();
        assert!(requirements.contains(Tool::Node) && requirements.contains(Tool::Python));
        assert!(!requirements.contains(Tool::Deny));
        assert!(Requirements::parse("").unwrap().tools.is_empty());
    }

    #[test]
    fn a_misspelt_tool_is_not_ignored() {
        let error = Requirements::parse("nodejs").err().unwrap().to_string();
        assert!(error.contains("nodejs") && error.contains("python"), "{error}");
    }
}
