/// What an entry of a header is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `@name`: the pattern's name.
    Name,
    /// `@version`: the pattern's version.
    Version,
    /// `@description`: what the pattern is for.
    Description,
    /// `@input`: what the pattern takes.
    Input,
    /// `@output`: what the pattern gives.
    Output,
    /// `@agents`: which agents are asked.
    Agents,
    /// `@minAgents`: how many agents there must be.
    MinAgents,
    /// `@maxAgents`: how many agents are asked at most.
    MaxAgents,
    /// `@timeout`: how long a run may take.
    Timeout,
    /// `@tags`: words to find the pattern by.
    Tags,
    /// `@workspace`: what the run's workspace is.
    Workspace,
    /// `@threads`: the threads of agents that the pattern uses.
    Threads,
    /// `@metadata`: whatever else its users want to know.
    Metadata,
    /// None that Prism knows, as it is written.
    Unknown(Box<str>),
}

/// How far a text goes that is the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Line,
    /// Up to a blank line.
    Paragraph,
    /// Up to the next key.
    Everything,
}

impl Key {
    /// The keys that Prism knows, in the order in which headers give them.
    pub const KNOWN: &'static [Self] = &[
        Self::Name,
        Self::Version,
        Self::Description,
        Self::Input,
        Self::Output,
        Self::Agents,
        Self::MinAgents,
        Self::MaxAgents,
        Self::Timeout,
        Self::Tags,
        Self::Workspace,
        Self::Threads,
        Self::Metadata,
    ];

    /// The key as it is written, without `@`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(name) => name,
            known => known.known_name(),
        }
    }

    /// The key that somebody wrote, in any spelling.
    pub fn from_name(name: &str) -> Self {
        Self::known(name).unwrap_or_else(|| Self::Unknown(name.into()))
    }

    /// The known key of that name; case, dashes, underscores and spaces do not count.
    pub(super) fn known(name: &str) -> Option<Self> {
        let letters = || name.chars().filter(|letter| !matches!(letter, '-' | '_' | ' '));
        let same = |key: &&Self| {
            let wanted = key.known_name().chars();
            letters()
                .map(|letter| letter.to_ascii_lowercase())
                .eq(wanted.map(|letter| letter.to_ascii_lowercase()))
        };
        Self::KNOWN.iter().find(same).cloned()
    }

    /// The known key of a line such as `// Pattern: triage`.
    pub(super) fn of_line_comment(name: &str) -> Option<Self> {
        let is_name = name.eq_ignore_ascii_case("pattern") || name.eq_ignore_ascii_case("pattern name");
        if is_name { Some(Self::Name) } else { Self::known(name) }
    }

    /// The known key that somebody who wrote an unknown one most probably meant.
    pub(super) fn nearest(name: &str) -> Option<Self> {
        const LONGEST: usize = 24;
        let name = name.to_lowercase();
        let length = name.chars().count();
        if !(2..=LONGEST).contains(&length) {
            return None;
        }
        let meant = match name.as_str() {
            "title" | "pattern" | "id" => Some(Self::Name),
            "desc" | "descr" | "summary" | "about" => Some(Self::Description),
            "ver" => Some(Self::Version),
            "inputs" | "params" | "parameters" => Some(Self::Input),
            "outputs" | "result" => Some(Self::Output),
            "capabilities" => Some(Self::Agents),
            "min" | "minimum" | "minagent" => Some(Self::MinAgents),
            "max" | "maximum" | "maxagent" => Some(Self::MaxAgents),
            "keywords" | "labels" => Some(Self::Tags),
            "meta" => Some(Self::Metadata),
            _ => None,
        };
        meant.or_else(|| {
            let distance = |key: &Self| strsim::damerau_levenshtein(&name, &key.known_name().to_lowercase());
            let candidates = Self::KNOWN.iter().map(|key| (distance(key), key));
            let near = candidates.filter(|(distance, _)| *distance <= (length / 3).max(1));
            near.min_by_key(|(distance, _)| *distance).map(|(_, key)| key.clone())
        })
    }

    /// Whether its value is text as it is written, whatever it looks like.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Name | Self::Version | Self::Description)
    }

    /// Whether words in its records and lists need no quotes.
    pub(super) fn takes_words(&self) -> bool {
        matches!(self, Self::Input | Self::Output | Self::Tags)
    }

    /// How far its value goes when it is text.
    pub(super) fn extent(&self) -> Extent {
        match self {
            Self::Name | Self::Version | Self::MinAgents | Self::MaxAgents | Self::Timeout => Extent::Line,
            Self::Description | Self::Unknown(_) => Extent::Everything,
            _ => Extent::Paragraph,
        }
    }

    fn known_name(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Version => "version",
            Self::Description => "description",
            Self::Input => "input",
            Self::Output => "output",
            Self::Agents => "agents",
            Self::MinAgents => "minAgents",
            Self::MaxAgents => "maxAgents",
            Self::Timeout => "timeout",
            Self::Tags => "tags",
            Self::Workspace => "workspace",
            Self::Threads => "threads",
            Self::Metadata => "metadata",
            Self::Unknown(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_key_is_found_by_its_name() {
        for key in Key::KNOWN {
            assert_eq!(Key::from_name(key.as_str()), *key);
            assert_eq!(Key::from_name(&key.as_str().to_uppercase()), *key);
        }
        assert_eq!(Key::from_name("max_agents"), Key::MaxAgents);
        assert_eq!(Key::from_name(""), Key::Unknown("".into()));
    }

    #[test]
    fn far_names_have_no_suggestion() {
        assert_eq!(Key::nearest("descripton"), Some(Key::Description));
        assert_eq!(Key::nearest("agent"), Some(Key::Agents));
        assert_eq!(Key::nearest("Capabilities"), Some(Key::Agents));
        assert_eq!(Key::nearest("primitive"), None);
        assert_eq!(Key::nearest("x"), None);
        assert_eq!(Key::nearest(&"name".repeat(1000)), None);
    }
}
