//! Derives sentences of the grammar. A list of numbers says what is taken where there is a choice; when it is used up
//! the shortest is taken, so that every sentence ends and failures shrink. A sentence may be derived towards one
//! alternative, so that rare ones are derived as often as frequent ones.

use crate::conditions;
use crate::context::Context;
use crate::notation::{Grammar, Node};
use crate::sentence::{Derived, Piece, Sentence, Symbol};

/// An alternative of the grammar: a node, and which of its branches. Options and repetitions have two: none and some.
pub(crate) type Alternative = (usize, usize);

/// How often the tokens of a part that breaks a condition are derived anew.
const ATTEMPTS: usize = 8;

/// How deep rules may be nested on the way to an alternative.
const DEPTH: usize = 120;

/// What is beyond reach.
const NEVER: u32 = u32::MAX / 2;

/// What is known of a grammar before anything is derived.
pub(crate) struct Plan<'g> {
    pub(crate) grammar: &'g Grammar,
    /// For each node how many rules lie in its shortest derivation.
    heights: Vec<u32>,
}

impl<'g> Plan<'g> {
    pub(crate) fn new(grammar: &'g Grammar) -> Self {
        Self { grammar, heights: heights(grammar) }
    }

    /// All alternatives that can be reached from the first rule.
    pub(crate) fn alternatives(&self) -> Vec<Alternative> {
        let branches = |(index, node): (usize, &Node)| {
            let count = match node {
                Node::Choice(branches) => branches.len(),
                Node::Optional(_) | Node::Repeat(_) => 2,
                _ => 0,
            };
            (0..count).map(move |branch| (index, branch)).collect::<Vec<_>>()
        };
        self.grammar.nodes.iter().enumerate().flat_map(branches).collect()
    }

    /// The name of the rule that a node stands in, and the words and names in the branch.
    pub(crate) fn describe(&self, (node, branch): Alternative) -> String {
        let rule = self.grammar.rules.iter().find(|rule| self.contains(rule.body, node));
        let text = match &self.grammar.nodes[node] {
            Node::Choice(branches) => self.text(branches[branch]),
            Node::Optional(inner) | Node::Repeat(inner) => {
                format!("{} {}", if branch == 0 { "without" } else { "with" }, self.text(*inner))
            }
            _ => String::new(),
        };
        format!("{}: {text}", rule.map_or("?", |rule| &rule.name))
    }

    pub(crate) fn rule_of(&self, (node, _): Alternative) -> &str {
        let rule = self.grammar.rules.iter().find(|rule| self.contains(rule.body, node));
        rule.map_or("", |rule| &rule.name)
    }

    fn contains(&self, node: usize, wanted: usize) -> bool {
        node == wanted
            || match &self.grammar.nodes[node] {
                Node::Sequence(parts) | Node::Choice(parts) => {
                    parts.iter().any(|part| self.contains(*part, wanted))
                }
                Node::Optional(inner) | Node::Repeat(inner) => self.contains(*inner, wanted),
                _ => false,
            }
    }

    fn text(&self, node: usize) -> String {
        let many = |parts: &[usize], with: &str| {
            parts.iter().map(|part| self.text(*part)).collect::<Vec<_>>().join(with)
        };
        match &self.grammar.nodes[node] {
            Node::Sequence(parts) => many(parts, " "),
            Node::Choice(parts) => format!("({})", many(parts, " | ")),
            Node::Optional(inner) => format!("[{}]", self.text(*inner)),
            Node::Repeat(inner) => format!("{{{}}}", self.text(*inner)),
            Node::Literal(text) => format!("{text:?}"),
            Node::Token(name) => name.clone(),
            Node::Rule(rule) => self.grammar.rules[*rule].name.clone(),
        }
    }

    /// How far an alternative is from each node.
    pub(crate) fn aim(&self, target: Alternative) -> Aim {
        let via = conditions::passage(self.rule_of(target)).map(|name| {
            let rule = self.grammar.rule(name);
            (rule, distances(self.grammar, self.grammar.rules[rule].body))
        });
        Aim { target, distances: distances(self.grammar, target.0), via }
    }
}

/// A target and the way to it.
#[derive(Clone)]
pub(crate) struct Aim {
    target: Alternative,
    /// How far the target is from each node.
    distances: Vec<u32>,
    /// A rule that the way leads through, while it is still to be reached, and how far it is.
    via: Option<(usize, Vec<u32>)>,
}

/// The number of rules in the shortest derivation of each node.
fn heights(grammar: &Grammar) -> Vec<u32> {
    settle(grammar, |values, node| match &grammar.nodes[node] {
        Node::Literal(_) | Node::Token(_) | Node::Optional(_) | Node::Repeat(_) => 0,
        Node::Rule(rule) => values[grammar.rules[*rule].body] + 1,
        Node::Sequence(parts) => parts.iter().map(|part| values[*part]).max().unwrap_or(0),
        Node::Choice(parts) => parts.iter().map(|part| values[*part]).min().unwrap_or(0),
    })
}

/// The number of rules between each node and a wanted one.
fn distances(grammar: &Grammar, wanted: usize) -> Vec<u32> {
    settle(grammar, |values, node| {
        let least = |parts: &[usize]| parts.iter().map(|part| values[*part]).min().unwrap_or(NEVER);
        match &grammar.nodes[node] {
            _ if node == wanted => 0,
            Node::Literal(_) | Node::Token(_) => NEVER,
            Node::Optional(inner) | Node::Repeat(inner) => values[*inner],
            Node::Rule(rule) => values[grammar.rules[*rule].body] + 1,
            Node::Sequence(parts) | Node::Choice(parts) => least(parts),
        }
    })
}

/// Values of all nodes, each made of those of the nodes in it, when nothing changes any more.
fn settle(grammar: &Grammar, value: impl Fn(&[u32], usize) -> u32) -> Vec<u32> {
    let mut values = vec![NEVER; grammar.nodes.len()];
    loop {
        let mut changed = false;
        for node in 0..values.len() {
            let found = value(&values, node).min(NEVER);
            changed |= values[node] != found;
            values[node] = found;
        }
        if !changed {
            return values;
        }
    }
}

/// Numbers that say what is taken.
pub(crate) struct Choices<'c> {
    numbers: &'c [u16],
    at: usize,
    salt: u16,
}

impl<'c> Choices<'c> {
    pub(crate) fn new(numbers: &'c [u16], salt: u16) -> Self {
        Self { numbers, at: 0, salt }
    }

    /// A number below a limit, or nothing when all are used.
    fn below(&mut self, limit: usize) -> Option<usize> {
        let number = *self.numbers.get(self.at)?;
        self.at += 1;
        let mixed = number.wrapping_add(self.salt.wrapping_mul(40_503)) ^ (self.salt << 3);
        Some(usize::from(mixed) % limit.max(1))
    }
}

/// What a rule becomes before the rules in it are derived.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The literal, token or rule of the grammar.
    pub(crate) node: usize,
    /// Whether the way to the target leads through here.
    aimed: bool,
}

/// Why nothing was derived: conditions that no alternative obeys.
#[derive(Debug)]
pub(crate) struct Stuck;

pub(crate) struct Deriver<'p, 'g, 'c> {
    plan: &'p Plan<'g>,
    choices: Choices<'c>,
    aim: Option<Aim>,
    depth: usize,
    sentence: Sentence<'g>,
}

/// A sentence of a rule.
pub(crate) fn derive<'g>(
    plan: &Plan<'g>,
    start: &str,
    aim: Option<Aim>,
    choices: Choices<'_>,
) -> Result<Sentence<'g>, Stuck> {
    let aimed = aim.is_some();
    let mut deriver = Deriver { plan, choices, aim, depth: 0, sentence: Sentence::new(plan.grammar) };
    deriver.rule(plan.grammar.rule(start), None, &Context::default(), aimed)?;
    Ok(deriver.sentence.finish())
}

impl Deriver<'_, '_, '_> {
    fn rule(
        &mut self,
        rule: usize,
        parent: Option<usize>,
        context: &Context,
        aimed: bool,
    ) -> Result<(), Stuck> {
        self.depth += 1;
        let result = self.rule_inner(rule, parent, context, aimed);
        self.depth -= 1;
        result
    }

    fn rule_inner(
        &mut self,
        rule: usize,
        parent: Option<usize>,
        context: &Context,
        aimed: bool,
    ) -> Result<(), Stuck> {
        let grammar = self.plan.grammar;
        if let Some(aim) = &mut self.aim
            && aim.via.as_ref().is_some_and(|(via, _)| *via == rule)
        {
            aim.via = None;
        }
        let Shape { leaves, taken, reached } = self.shape(rule, context, aimed)?;
        if reached {
            self.aim = None;
        }
        self.sentence.taken.extend(taken);
        let start = self.sentence.pieces.len();
        let index = self.sentence.derived.len();
        self.sentence.derived.push(Derived { rule, parent, start, end: start });
        let name = &grammar.rules[rule].name;
        for (place, leaf) in leaves.iter().enumerate() {
            let inner = context.child(grammar, name, &leaves, place);
            let symbol = match &grammar.nodes[leaf.node] {
                Node::Literal(text) => Symbol::Literal(text.clone()),
                Node::Token(token) => Symbol::Token(token.clone()),
                Node::Rule(rule) => {
                    let opening = conditions::opening(grammar, name, &leaves, place, context);
                    self.child(*rule, index, &inner, leaf.aimed, opening)?;
                    continue;
                }
                _ => continue,
            };
            self.sentence.pieces.push(Piece { symbol, owner: index, lines: inner.lines });
        }
        self.sentence.derived[index].end = self.sentence.pieces.len();
        Ok(())
    }

    /// Derives a rule, and derives it anew while it begins with what may not stand there.
    fn child(
        &mut self,
        rule: usize,
        parent: usize,
        context: &Context,
        aimed: bool,
        opening: Option<conditions::Opening>,
    ) -> Result<(), Stuck> {
        let Some(opening) = opening else { return self.rule(rule, Some(parent), context, aimed) };
        let aim = self.aim.clone();
        let (pieces, derived, taken) =
            (self.sentence.pieces.len(), self.sentence.derived.len(), self.sentence.taken.len());
        for attempt in 0..=ATTEMPTS {
            if attempt == ATTEMPTS {
                self.choices.at = self.choices.numbers.len();
            }
            let result = self.rule(rule, Some(parent), context, aimed && attempt < ATTEMPTS);
            let begun = &self.sentence.pieces[pieces..];
            if result.is_ok() && opening(begun) {
                return Ok(());
            }
            self.sentence.pieces.truncate(pieces);
            self.sentence.derived.truncate(derived);
            self.sentence.taken.truncate(taken);
            self.aim.clone_from(&aim);
        }
        Err(Stuck)
    }

    /// Chooses among the alternatives of a rule until the conditions admit what comes out.
    fn shape(&mut self, rule: usize, context: &Context, aimed: bool) -> Result<Shape, Stuck> {
        let grammar = self.plan.grammar;
        let body = grammar.rules[rule].body;
        let aimed = aimed && self.aim.is_some() && self.depth < DEPTH;
        let shortest = match &grammar.nodes[body] {
            Node::Choice(branches) => {
                let mut order: Vec<usize> = (0..branches.len()).collect();
                order.sort_by_key(|branch| self.plan.heights[branches[*branch]]);
                order
            }
            _ => vec![0],
        };
        for attempt in 0..ATTEMPTS + shortest.len() {
            let mut shape = Shape::default();
            // After some tries in vain the alternatives are tried one by one, the shortest first.
            let forced = attempt.checked_sub(ATTEMPTS).map(|index| shortest[index]);
            match (&grammar.nodes[body], forced) {
                (Node::Choice(branches), Some(branch)) => {
                    shape.taken.push((body, branch));
                    let hit = self.aim.as_ref().is_some_and(|aim| aim.target == (body, branch));
                    shape.reached |= aimed && hit;
                    self.expand(branches[branch], aimed && !hit, &mut shape);
                }
                _ => self.expand(body, aimed, &mut shape),
            }
            let name = &grammar.rules[rule].name;
            if conditions::admits(grammar, name, &shape.leaves, context) {
                return Ok(shape);
            }
        }
        Err(Stuck)
    }

    fn expand(&mut self, node: usize, aimed: bool, shape: &mut Shape) {
        let grammar = self.plan.grammar;
        match &grammar.nodes[node] {
            Node::Literal(_) | Node::Token(_) | Node::Rule(_) => shape.leaves.push(Leaf { node, aimed }),
            Node::Sequence(parts) => {
                let best = aimed.then(|| parts.iter().copied().min_by_key(|part| self.distance(*part)));
                for part in parts {
                    self.expand(*part, best == Some(Some(*part)), shape);
                }
            }
            Node::Choice(branches) => {
                let (branch, hit) = self.pick(node, branches, aimed);
                shape.taken.push((node, branch));
                shape.reached |= hit;
                let on = aimed && !hit && self.distance(branches[branch]) < NEVER;
                self.expand(branches[branch], on, shape);
            }
            Node::Optional(inner) | Node::Repeat(inner) => {
                let repeats = matches!(grammar.nodes[node], Node::Repeat(_));
                let target = self.aim.as_ref().filter(|_| aimed).map(|aim| aim.target);
                let hit = target.is_some_and(|(wanted, _)| wanted == node);
                shape.reached |= hit;
                let on = aimed && !hit && self.distance(*inner) < NEVER;
                let some = match target {
                    Some((_, branch)) if hit => branch == 1,
                    _ if on => true,
                    // Options are rarer than not: there are many of them between a statement and a literal.
                    _ => self.choices.below(7).unwrap_or(0) == 6,
                };
                shape.taken.push((node, usize::from(some)));
                if some {
                    self.expand(*inner, on, shape);
                    while repeats && self.choices.below(3).unwrap_or(0) == 2 {
                        self.expand(*inner, false, shape);
                    }
                }
            }
        }
    }

    /// The branch to take, and whether it is the target.
    fn pick(&mut self, node: usize, branches: &[usize], aimed: bool) -> (usize, bool) {
        let shortest = || {
            let height = |branch: &usize| self.plan.heights[branches[*branch]];
            (0..branches.len()).min_by_key(height).unwrap_or(0)
        };
        if let Some(aim) = self.aim.as_ref().filter(|_| aimed) {
            if aim.target.0 == node && aim.via.is_none() {
                return (aim.target.1, true);
            }
            let nearest =
                (0..branches.len()).min_by_key(|branch| self.distance(branches[*branch])).unwrap_or(0);
            // Now and then the way is a longer one.
            if self.choices.below(5).unwrap_or(0) < 4 {
                return (nearest, false);
            }
        }
        let shortest = shortest();
        // Branches that lead straight back to their rule are rarer: most of the operators before an operand do.
        let forward: Vec<usize> =
            (0..branches.len()).filter(|branch| !self.recurs(node, branches[*branch])).collect();
        if !forward.is_empty() && self.choices.below(6).unwrap_or(5) < 5 {
            let branch = self.choices.below(forward.len()).map_or(shortest, |index| forward[index]);
            return (branch, false);
        }
        (self.choices.below(branches.len()).unwrap_or(shortest), false)
    }

    /// Whether a branch of the right side of a rule names that rule.
    fn recurs(&self, body: usize, branch: usize) -> bool {
        match &self.plan.grammar.nodes[branch] {
            Node::Rule(rule) => self.plan.grammar.rules[*rule].body == body,
            Node::Sequence(parts) => parts.iter().any(|part| self.recurs(body, *part)),
            _ => false,
        }
    }

    fn distance(&self, node: usize) -> u32 {
        self.aim.as_ref().map_or(NEVER, |aim| {
            aim.via.as_ref().map_or_else(|| aim.distances[node], |(_, distances)| distances[node])
        })
    }
}

/// A rule with its alternatives chosen.
#[derive(Default)]
struct Shape {
    leaves: Vec<Leaf>,
    taken: Vec<Alternative>,
    reached: bool,
}
