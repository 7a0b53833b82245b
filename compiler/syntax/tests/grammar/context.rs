//! What the rules around a place say about it while a sentence is derived.

use crate::derive::Leaf;
use crate::notation::{Grammar, Node};

/// What a rule inherits from those around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// Whether lines end statements here: not inside of parentheses, lists and records.
    pub(crate) lines: bool,
    /// Whether a call may have a block behind it: not in a head.
    pub(crate) trailing: bool,
    /// Whether there may be lambdas: not in a guard.
    pub(crate) lambdas: bool,
    /// Whether what follows cannot go on with an expression.
    pub(crate) ends: bool,
    /// Whether a statement begins here.
    pub(crate) statement: bool,
    /// Whether this is the whole of a statement.
    pub(crate) alone: bool,
    /// Whether this is the operand of an operator before it.
    pub(crate) prefixed: bool,
    /// Whether a block follows that belongs to this name.
    pub(crate) callee: bool,
    /// Whether this is a type after `as` or `is`.
    pub(crate) narrow: bool,
    /// Whether this lies in a `test`.
    pub(crate) test: bool,
    /// Whether this lies in a case of a `switch`, and in no loop or function of it.
    pub(crate) case: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            lines: true,
            trailing: true,
            lambdas: true,
            ends: true,
            statement: false,
            alone: false,
            prefixed: false,
            callee: false,
            narrow: false,
            test: false,
            case: false,
        }
    }
}

/// Signs and words that no expression goes on with.
const TERMINATORS: &[&str] = &[")", "]", "}", ",", ";", ":", "otherwise", "after"];

impl Context {
    /// What holds of one of the parts that a rule became.
    pub(crate) fn child(&self, grammar: &Grammar, rule: &str, leaves: &[Leaf], place: usize) -> Self {
        let name = |place: usize| leaves.get(place).map_or("", |leaf| text(grammar, leaf.node));
        let mut inner = *self;
        inner.ends = match leaves.get(place + 1) {
            None => self.ends,
            Some(_) => {
                let next = name(place + 1);
                TERMINATORS.contains(&next)
                    || ["TEMPLATE_MIDDLE", "TEMPLATE_TAIL", "SEPARATOR", "FIELD_END", "BAND_END"]
                        .contains(&next)
            }
        };
        inner.statement = rule == "statement" || (self.statement && place == 0);
        inner.alone = rule == "statement" || (self.alone && leaves.len() == 1);
        inner.prefixed = rule == "unary" && (self.prefixed || leaves.len() == 2);
        inner.callee = rule == "postfix" && place == 0 && name(1) == "trailing";
        inner.narrow = match name(place) {
            "type_post" => rule == "postfix",
            "type_prim" => {
                matches!(rule, "compare" | "alternative")
                    || (self.narrow && matches!(rule, "type_post" | "type_prim"))
            }
            _ => false,
        };
        inner.test |= rule == "test";
        match rule {
            "switch" => inner.case = name(place) == "statement",
            "for" | "while" | "do_while" | "function" | "function_value" | "lambda" | "trailing"
            | "entry" => {
                inner.case = false;
            }
            _ => {}
        }
        match rule {
            "head" => {
                inner.trailing = false;
                inner.ends = false;
            }
            "guard" => {
                inner.trailing = false;
                inner.lambdas = false;
            }
            "mock" => inner.trailing = false,
            // The steps of a loop without parentheses are heads.
            "for" if name(1) != "(" && matches!(name(place), "bindings" | "step") => inner.trailing = false,
            _ => {}
        }
        if let Some(open) = enclosing(grammar, leaves, place) {
            inner.trailing = true;
            inner.lambdas = true;
            let flat = matches!(rule, "record" | "record_target" | "alternative" | "import" | "export");
            inner.lines = open == "{" && !flat;
        }
        inner
    }
}

/// The bracket among the parts of a rule that one of them lies in.
fn enclosing<'g>(grammar: &'g Grammar, leaves: &[Leaf], place: usize) -> Option<&'g str> {
    let mut open = Vec::new();
    for leaf in &leaves[..place] {
        let text = text(grammar, leaf.node);
        match text {
            "(" | "[" | "{" | "TEMPLATE_HEAD" => open.push(text),
            ")" | "]" | "}" | "TEMPLATE_TAIL" => {
                open.pop();
            }
            _ => {}
        }
    }
    open.last().copied()
}

/// How a part is called: the word or sign, the name of the token or rule.
pub(crate) fn text(grammar: &Grammar, node: usize) -> &str {
    match &grammar.nodes[node] {
        Node::Literal(text) | Node::Token(text) => text,
        Node::Rule(rule) => &grammar.rules[*rule].name,
        _ => "",
    }
}
