//! A walk over a file that finds what the checker does not know yet, and the declarations that need it.

use prism_diagnostics::Span;
use prism_syntax::ast::{
    Agent, AgentEntry, Export, ExportKind, Function, Import, Item, Name, Output, Parameter, Pattern, Section,
    StatementId, StatementKind, Target, Tree, TypeAlias,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::library::constraint;
use crate::not_yet::{NotYet, NotYetAt};
use crate::parts::{Part, Parts};

/// What a file has that the checker does not know.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The first place of each construct in each declaration.
    pub(crate) found: Vec<NotYetAt>,
    /// Names of the top level whose declarations hold such a construct, or need one that does.
    pub(crate) names: FxHashMap<Box<str>, NotYetAt>,
    /// The patterns of which the same holds, by the offset of their names.
    pub(crate) patterns: FxHashMap<u32, NotYetAt>,
}

/// The first statement of a script: a file without a pattern, and with a statement that is no declaration.
pub(crate) fn script(tree: &Tree) -> Option<Span> {
    if tree.declarations().any(|item| matches!(item, Item::Pattern(_))) {
        return None;
    }
    tree.declarations().find_map(|item| match item {
        Item::Statement(id) => {
            let declares = matches!(tree[*id].kind, StatementKind::Let { .. } | StatementKind::Error);
            (!declares).then(|| tree[*id].span)
        }
        _ => None,
    })
}

/// A declaration, or something else at the top level.
struct Declared<'t> {
    item: &'t Item,
    /// The names that it declares, apart from those of patterns.
    names: Vec<&'t str>,
    /// The first construct that the checker does not know.
    first: Option<NotYetAt>,
}

/// `later` are the constructs that were met when types and scopes were known. A `broken` file may have lost the
/// declarations of names that look like those of a library.
pub(crate) fn survey(tree: &Tree, broken: bool, later: &[NotYetAt]) -> Survey {
    let mut out = Survey::default();
    let mut declared: Vec<Declared<'_>> = Vec::new();
    let mut looked_at: Vec<(&Item, Vec<&str>, Parts<'_>)> = Vec::new();
    let mut declared_names: FxHashSet<&str> = FxHashSet::default();
    for item in tree.declarations() {
        let mut parts = Parts::new(tree);
        let names = item_parts(tree, item, &mut parts);
        declared_names.extend(names.iter().copied());
        looked_at.push((item, names, parts));
    }
    let mut later = later.to_vec();
    later.sort_by_key(|one| one.span.start);
    for (item, names, mut parts) in looked_at {
        let span = item_span(tree, item);
        let from = later.partition_point(|one| one.span.start < span.start);
        let inside = later.iter().skip(from).take_while(|one| one.span.start < span.end);
        inside.for_each(|one| parts.tell(one.construct, one.span));
        let found = parts.found(|name| broken || declared_names.contains(name));
        let first = found.first().copied();
        if !is_tainted(item) {
            out.found.extend(found);
        }
        declared.push(Declared { item, names, first });
    }
    if declared.iter().all(|one| one.first.is_none()) {
        return out;
    }
    spread(tree, &declared, &mut out);
    out
}

/// Marks what holds a construct that is not known, then whatever mentions a name that was marked.
fn spread(tree: &Tree, declared: &[Declared<'_>], out: &mut Survey) {
    let mut mentioned_by: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (position, one) in declared.iter().enumerate() {
        let mut parts = Parts::new(tree);
        item_parts(tree, one.item, &mut parts);
        for name in parts.names() {
            mentioned_by.entry(name).or_default().push(position);
        }
    }
    let mut marked: FxHashSet<usize> = FxHashSet::default();
    let mut pending: Vec<(usize, NotYetAt)> = declared
        .iter()
        .enumerate()
        .filter_map(|(position, one)| one.first.map(|first| (position, first)))
        .collect();
    pending.reverse();
    while let Some((position, reason)) = pending.pop() {
        let Some(one) = declared.get(position) else { continue };
        if !marked.insert(position) {
            continue;
        }
        if let Item::Pattern(pattern) = one.item {
            out.patterns.insert(pattern.name.span.start, reason);
        }
        for name in &one.names {
            out.names.entry((*name).into()).or_insert(reason);
            let others = mentioned_by.get(name).into_iter().flatten();
            pending.extend(others.filter(|other| !marked.contains(other)).map(|other| (*other, reason)));
        }
    }
}

fn is_tainted(item: &Item) -> bool {
    match item {
        Item::Pattern(pattern) => pattern.tainted,
        Item::Function(function) => function.tainted,
        Item::Test(test) => test.tainted,
        _ => false,
    }
}

/// Where the item stands; nowhere for what is never checked, and for an `export` whose declarations are items too.
fn item_span(tree: &Tree, item: &Item) -> Span {
    match item {
        Item::Pattern(pattern) => pattern.span,
        Item::Agent(agent) => agent.span,
        Item::Type(alias) => alias.span,
        Item::Function(function) => function.span,
        Item::Statement(id) => tree[*id].span,
        Item::Import(_) | Item::Export(_) | Item::Test(_) => Span::default(),
    }
}

/// Takes down what an item is made of, and gives the names that it declares.
fn item_parts<'t>(tree: &'t Tree, item: &'t Item, parts: &mut Parts<'t>) -> Vec<&'t str> {
    let mut names: Vec<&'t str> = Vec::new();
    match item {
        Item::Import(import) => {
            parts.tell(NotYet::Import, word(import.span, "import"));
            names.extend(imported(import));
        }
        Item::Export(export) => names.extend(export_parts(export, parts)),
        Item::Pattern(pattern) => pattern_parts(pattern, parts),
        Item::Agent(agent) => {
            names.push(&agent.name.text);
            agent_parts(agent, parts);
        }
        Item::Type(alias) => {
            names.push(&alias.name.text);
            alias_parts(alias, parts);
        }
        Item::Function(function) => {
            names.push(&function.name.text);
            function_parts(function, parts);
        }
        Item::Test(test) => parts.tell(NotYet::Test, word(test.span, "test")),
        Item::Statement(id) => names.extend(statement_parts(tree, *id, parts)),
    }
    names
}

fn imported(import: &Import) -> impl Iterator<Item = &str> {
    let named = import.names.iter().map(|name| name.alias.as_ref().unwrap_or(&name.name));
    import.default.iter().chain(&import.all).chain(named).map(|name| &*name.text)
}

fn export_parts<'t>(export: &'t Export, parts: &mut Parts<'t>) -> Option<&'t str> {
    match &export.kind {
        // `export` before a declaration marks it, and changes nothing within the file.
        ExportKind::Items(_) => return None,
        ExportKind::Names { .. } | ExportKind::All { .. } => {}
        ExportKind::Default(value) => parts.push(Part::Expression(*value)),
        ExportKind::Value { value, .. } => parts.push(Part::Expression(*value)),
    }
    parts.tell(NotYet::ExportList, word(export.span, "export"));
    match &export.kind {
        ExportKind::Value { name, .. } => Some(&name.text),
        _ => None,
    }
}

fn statement_parts<'t>(tree: &'t Tree, id: StatementId, parts: &mut Parts<'t>) -> Vec<&'t str> {
    match &tree[id].kind {
        StatementKind::Let { target, .. } => {
            parts.push(Part::Statement(id));
            target.names().into_iter().map(|name| &*name.text).collect()
        }
        // Nothing but declarations may stand beside a pattern, which is told elsewhere; the variables that such a
        // statement declares are not missed.
        StatementKind::Assign(assign) => {
            parts.push(Part::Statement(id));
            parts.plain_name(assign.place).into_iter().collect()
        }
        StatementKind::Unpack { target, .. } => {
            parts.push(Part::Statement(id));
            target.names().into_iter().map(|name| &*name.text).collect()
        }
        _ => Vec::new(),
    }
}

fn pattern_parts<'t>(pattern: &'t Pattern, parts: &mut Parts<'t>) {
    for section in &pattern.sections {
        match section {
            Section::Input { fields, .. } | Section::Output { output: Output::Fields(fields), .. } => {
                for field in fields {
                    parts.push(Part::Type(field.value));
                    parts.expressions(field.default);
                    for one in &field.constraints {
                        if let Some(row) = constraint(&one.name.text) {
                            parts.tell(NotYet::Constraint(row), one.name.span);
                        }
                        parts.expressions(one.arguments.iter().copied());
                    }
                }
            }
            Section::Output { output: Output::Type(written), .. } => parts.push(Part::Type(*written)),
            Section::Budget { pairs, .. } => parts.expressions(pairs.iter().map(|(_, value)| *value)),
            Section::Confidence { .. } => {}
        }
    }
    parts.block(&pattern.body);
}

fn agent_parts<'t>(agent: &'t Agent, parts: &mut Parts<'t>) {
    for entry in &agent.entries {
        match entry {
            AgentEntry::Key { value, .. } => parts.push(Part::Expression(*value)),
            AgentEntry::Method(method) => {
                parameters(&method.parameters, parts);
                parts.push(Part::Type(method.result));
                parts.expressions(method.task);
            }
        }
    }
}

pub(crate) fn alias_parts<'t>(alias: &'t TypeAlias, parts: &mut Parts<'t>) {
    type_parameters(&alias.parameters, parts);
    parts.push(Part::Type(alias.value));
}

pub(crate) fn function_parts<'t>(function: &'t Function, parts: &mut Parts<'t>) {
    parts.bind([&function.name]);
    type_parameters(&function.type_parameters, parts);
    parameters(&function.parameters, parts);
    parts.types(function.result);
    parts.block(&function.body);
}

pub(crate) fn parameters<'t>(given: &'t [Parameter], parts: &mut Parts<'t>) {
    for parameter in given {
        target(&parameter.target, parts);
        if parameter.rest {
            parts.tell(NotYet::RestParameter, parameter.target.span());
        }
        parts.types(parameter.declared);
        parts.expressions(parameter.default);
    }
}

pub(crate) fn target<'t>(target: &'t Target, parts: &mut Parts<'t>) {
    parts.bind(target.names());
    if target.name().is_none() {
        parts.tell(NotYet::Destructuring, target.span());
        target.each_default(&mut |default| parts.push(Part::Expression(default)));
    }
}

fn type_parameters(parameters: &[Name], parts: &mut Parts<'_>) {
    if let Some(first) = parameters.first() {
        parts.tell(NotYet::TypeParameters, first.span);
    }
}

/// The word that something begins with.
pub(crate) fn word(span: Span, word: &str) -> Span {
    Span::new(span.start, (span.start + word.len() as u32).min(span.end))
}
