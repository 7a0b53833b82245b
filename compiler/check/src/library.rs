//! The names of the language's libraries that the checker does not know yet.
//!
//! Those that it knows are rows of [`prism_catalog::BuiltinId`] and [`prism_catalog::PrimitiveId`]; a name moves there
//! when it is checked and run.

use std::sync::LazyLock;

use prism_catalog::BuiltinId;
use rustc_hash::FxHashSet;

/// Whose methods and fields they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Lists.
    List,
    /// Texts.
    Text,
    /// Records and maps.
    Record,
    /// Agents.
    Agent,
    /// Answers: what has a confidence.
    Answer,
}

impl Owner {
    /// What people call several of them.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::List => "lists",
            Self::Text => "texts",
            Self::Record => "records",
            Self::Agent => "agents",
            Self::Answer => "answers",
        }
    }

    /// The methods that this version does not have, each in every spelling, with blanks between them.
    const fn methods(self) -> &'static str {
        match self {
            Self::List => {
                "forEach for_each findIndex find_index findLast find_last indexOf index_of flat flatMap \
                 flat_map sort sortBy sort_by pop shift unshift splice at median groupBy group_by countBy \
                 count_by partition zip chunk window take drop range entries sample"
            }
            Self::Text => {
                "replaceAll replace_all padStart pad_start padEnd pad_end repeat indexOf index_of match lines \
                 words charAt char_at"
            }
            Self::Record => "entries get pick omit merge mapValues map_values",
            Self::Agent => "stream",
            Self::Answer => "",
        }
    }

    /// The fields that this version does not have, with blanks between them.
    const fn fields(self) -> &'static str {
        match self {
            Self::List | Self::Text | Self::Record => "",
            Self::Agent => "historicalConfidence historical_confidence",
            Self::Answer => "agent reasoning",
        }
    }

    /// The row of a method that this version does not have.
    pub(crate) fn method(self, name: &str) -> Option<&'static str> {
        row(self.methods(), name)
    }

    /// The row of a field that this version does not have.
    pub(crate) fn field(self, name: &str) -> Option<&'static str> {
        row(self.fields(), name)
    }
}

/// Coordination primitives.
const PRIMITIVES: &str = "\
    sequential race hedge batch cascade evidence consensus quorum estimate answer_set merge best \
    disagreement judge debate boost decay clamp_confidence normalize calibrate raise retry \
    timeout fallback circuit bulkhead rate_limit cache budget escalate delegate prioritize \
    approve wait_for signal emit listen sleep deadline periodic barrier lock saga step graph \
    state spawn join plan map filter flat_map flatMap partition sample window chunk group_by \
    groupBy";

/// Functions of the standard library, and the records that hold such functions.
const FUNCTIONS: &str = "\
    Object Map Set Date Error Promise Math JSON Array parseInt parse_int parseFloat parse_float \
    Infinity range now random uuid log print console";

/// What every file is given.
const INJECTED: &str =
    "agentResults successfulResults agentList agents agentCount pattern workspace parallax";

/// Groups of earlier scripts, `steps { … }`, which are read as calls; `agents { … }` is among the names above.
const GROUPS: &str = "steps";

/// Constraints of fields.
const CONSTRAINTS: &str = "secret matches unique format";

/// Ways to count votes.
const VOTE_METHODS: &str = "approval borda condorcet";

/// The row of a name that stands by itself.
pub(crate) fn free_name(name: &str) -> Option<&'static str> {
    // Each name in a file is looked up.
    static ROWS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        [PRIMITIVES, FUNCTIONS, INJECTED, GROUPS].into_iter().flat_map(|rows| rows.split(' ')).collect()
    });
    ROWS.get(name).copied()
}

/// The row of a constraint of a field.
pub(crate) fn constraint(name: &str) -> Option<&'static str> {
    row(CONSTRAINTS, name)
}

/// The row of a way to count votes.
pub(crate) fn vote_method(name: &str) -> Option<&'static str> {
    row(VOTE_METHODS, name)
}

fn row(rows: &'static str, name: &str) -> Option<&'static str> {
    rows.split(' ').find(|row| *row == name).filter(|row| !row.is_empty())
}

/// What can be written in the place of a name that stands by itself.
pub(crate) fn instead_of_name(name: &str) -> Option<&'static str> {
    if BuiltinId::from_name(name).is_some_and(BuiltinId::is_method) {
        return Some("it is known as a method: `xs.map(…)`, `xs.filter(…)`, `xs.join(…)`");
    }
    Some(match name {
        "sequential" | "race" | "hedge" | "batch" | "quorum" => {
            "`parallel` asks all agents at once, and `ask_until` one after another until the answer is sure enough"
        }
        "cascade" | "fallback" | "escalate" | "retry" => {
            "`ask_until` asks one agent after another until the answer is sure enough"
        }
        "consensus" | "merge" | "best" | "judge" | "debate" => "`pool` and `vote` combine answers",
        "budget" => "a pattern can have a budget: `budget { calls: 10 }` at its head",
        "timeout" | "deadline" => "`parallel` and the methods of agents take `timeout:`",
        "Object" => "records have `keys()`, `values()` and `has(key)`",
        "Math" => "lists have `min()`, `max()`, `sum()` and `mean()`; `round` and `clamp` work on numbers",
        "Promise" => "use `parallel([…])`",
        "parseInt" | "parse_int" | "parseFloat" | "parse_float" => "use `Number(text)`",
        "agentResults" | "successfulResults" | "agentList" | "agents" | "agentCount" => {
            "`select(…)` gives the agents, and `parallel(agents) { a => a.analyze(…) }` asks them"
        }
        _ => return None,
    })
}

/// What can be written in the place of a method.
pub(crate) fn instead_of_method(owner: Owner, name: &str) -> Option<&'static str> {
    Some(match (owner, name) {
        (Owner::List, "forEach" | "for_each") => "use `xs.map(x => …)`",
        (Owner::List, "findLast" | "find_last") => "use `xs.reverse().find(x => …)`",
        (Owner::List | Owner::Text, "indexOf" | "index_of") => "`includes` says whether it is there",
        (Owner::List, "at") => "use `xs[i]`",
        (Owner::List, "flat") => "use `xs.reduce((all, x) => all.concat(x), [])`",
        (Owner::List, "flatMap" | "flat_map") => "use `xs.reduce((all, x) => all.concat(f(x)), [])`",
        (Owner::List, "take") => "use `xs.slice(0, n)`",
        (Owner::List, "drop") => "use `xs.slice(n)`",
        (Owner::List, "unshift") => "use `[x, ...xs]`",
        (Owner::Text, "replaceAll" | "replace_all") => "use `text.split(part).join(replacement)`",
        (Owner::Text, "lines") => "use `text.split(\"\\n\")`",
        (Owner::Text, "charAt" | "char_at") => "use `text[i]`",
        (Owner::Record, "get") => "use `record[key]`",
        (Owner::Record, "merge") => "use `{ ...a, ...b }`",
        (Owner::Record, "pick" | "omit") => "write the record that is wanted: `{ a: record.a }`",
        (Owner::Agent, "stream") => "`analyze` gives the whole answer at once",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use prism_catalog::PrimitiveId;

    use super::*;

    const OWNERS: [Owner; 5] = [Owner::List, Owner::Text, Owner::Record, Owner::Agent, Owner::Answer];

    fn names(rows: &'static str) -> impl Iterator<Item = &'static str> {
        rows.split(' ').filter(|name| !name.is_empty())
    }

    fn snake_case(name: &str) -> String {
        let mut snake = String::new();
        for letter in name.chars() {
            if letter.is_ascii_uppercase() {
                snake.push('_');
            }
            snake.push(letter.to_ascii_lowercase());
        }
        snake
    }

    #[test]
    fn each_camel_case_name_has_its_snake_case_alias() {
        for owner in OWNERS {
            for name in names(owner.methods()) {
                assert!(owner.method(&snake_case(name)).is_some(), "{owner:?} {name}");
            }
        }
        for name in names(FUNCTIONS).filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
        {
            assert!(free_name(&snake_case(name)).is_some(), "{name}");
        }
    }

    #[test]
    fn no_name_that_is_known_is_in_the_table() {
        for primitive in PrimitiveId::ALL {
            assert_eq!(free_name(primitive.name()), None);
        }
        for builtin in BuiltinId::ALL {
            assert!(builtin.is_method() || free_name(builtin.name()).is_none(), "{builtin}");
        }
    }

    #[test]
    fn no_list_has_a_name_twice() {
        let lists = [PRIMITIVES, FUNCTIONS, INJECTED, CONSTRAINTS, VOTE_METHODS];
        for list in lists.into_iter().chain(OWNERS.map(Owner::methods)).chain(OWNERS.map(Owner::fields)) {
            for (position, name) in names(list).enumerate() {
                assert!(!names(list).skip(position + 1).any(|other| other == name), "{name}");
            }
        }
        for name in names(PRIMITIVES) {
            assert!(row(FUNCTIONS, name).is_none() && row(INJECTED, name).is_none(), "{name}");
        }
    }
}
