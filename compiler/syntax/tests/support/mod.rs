//! A short form of trees that is easy to read in tests: every operation in parentheses.
#![allow(dead_code)]

use prism_syntax::ast::{
    Argument, ArgumentValue, Block, Body, Else, Entry, EntryKey, ExportKind, ExprId, ExprKind, For, Item,
    LambdaBody, LambdaForm, Literal, MatchPattern, MatchRest, MockBehaviour, ModuleName, Name, Output,
    Parameter, Promise, Section, StatementId, StatementKind, Target, TemplatePart, Tree, TypeAlias,
    TypeExprId, TypeExprKind,
};
use prism_syntax::{Parse, diagnostic, parse};

/// The tree of a text without mistakes, one line for each item.
pub(crate) fn items(text: &str) -> Vec<String> {
    let parse = clean(text);
    parse.tree.items.iter().map(|item| Printer(&parse.tree).item(item)).collect()
}

/// The tree of a single expression or statement.
pub(crate) fn one(text: &str) -> String {
    let mut items = items(text);
    assert_eq!(items.len(), 1, "{text} is more than one item: {items:#?}");
    items.remove(0)
}

/// The parse of a text that must have no mistakes.
pub(crate) fn clean(text: &str) -> Parse {
    let parse = parse(text);
    let messages: Vec<_> = parse.errors.iter().map(|error| diagnostic(error, text).message).collect();
    assert!(messages.is_empty(), "{text}\n{messages:#?}");
    parse
}

/// The codes and messages of a text.
pub(crate) fn messages(text: &str) -> Vec<String> {
    let parse = parse(text);
    let say = |error| {
        let diagnostic = diagnostic(error, text);
        format!("{} {}", diagnostic.code, diagnostic.message)
    };
    parse.errors.iter().map(say).collect()
}

pub(crate) struct Printer<'t>(pub(crate) &'t Tree);

impl Printer<'_> {
    pub(crate) fn item(&self, item: &Item) -> String {
        match item {
            Item::Pattern(pattern) => {
                let sections: Vec<_> = pattern.sections.iter().map(|section| self.section(section)).collect();
                let version = pattern.version.as_deref().unwrap_or("-");
                format!(
                    "pattern {} {version} [{}] {}",
                    pattern.name.text,
                    sections.join("; "),
                    self.block(&pattern.body)
                )
            }
            Item::Agent(agent) => {
                let entry = |entry: &prism_syntax::ast::AgentEntry| match entry {
                    prism_syntax::ast::AgentEntry::Key { name, value } => {
                        format!("{}: {}", name.text, self.expression(*value))
                    }
                    prism_syntax::ast::AgentEntry::Method(method) => format!(
                        "fn {}({}) -> {} {}",
                        method.name.text,
                        self.parameters(&method.parameters),
                        self.written_type(method.result),
                        method.task.map_or(String::new(), |task| self.expression(task))
                    ),
                };
                let entries: Vec<_> = agent.entries.iter().map(entry).collect();
                format!("agent {} {{{}}}", agent.name.text, entries.join(", "))
            }
            Item::Type(alias) => self.alias(alias),
            Item::Function(function) => self.function(function),
            Item::Statement(id) => self.statement(*id),
            Item::Test(test) => format!("test {:?} {}", test.name.text, self.block(&test.body)),
            Item::Import(import) => {
                let default = import.default.iter().map(|name| format!(" default {}", name.text));
                let all = import.all.iter().map(|name| format!(" all {}", name.text));
                let parts: String = default.chain(all).collect();
                format!("import{parts} {{{}}} from {:?}", module_names(&import.names), import.from.text)
            }
            Item::Export(export) => match &export.kind {
                ExportKind::Items(items) => {
                    let items: Vec<_> = items.iter().map(|item| self.item(item)).collect();
                    format!("export {}", items.join("; "))
                }
                ExportKind::Names { names, from } => {
                    let from = from.as_ref().map_or(String::new(), |from| format!(" from {:?}", from.text));
                    format!("export {{{}}}{from}", module_names(names))
                }
                ExportKind::All { from } => format!("export * from {:?}", from.text),
                ExportKind::Default(value) => format!("export default {}", self.expression(*value)),
                ExportKind::Value { name, value } => {
                    format!("export {} = {}", name.text, self.expression(*value))
                }
            },
        }
    }

    fn alias(&self, alias: &TypeAlias) -> String {
        let parameters = type_parameters(&alias.parameters);
        format!("type {}{parameters} = {}", alias.name.text, self.written_type(alias.value))
    }

    fn target(&self, target: &Target) -> String {
        let default =
            |id: &Option<ExprId>| id.map_or(String::new(), |id| format!(" = {}", self.expression(id)));
        match target {
            Target::Name(name) => name.text.to_string(),
            Target::Record(record) => {
                let fields = record.fields.iter().map(|field| {
                    let target =
                        field.target.as_ref().map_or(String::new(), |to| format!(": {}", self.target(to)));
                    let sure = field.confidence.map_or(String::new(), |(value, _)| format!(" ~> {value}"));
                    format!("{}{target}{sure}{}", field.field.text, default(&field.default))
                });
                let rest = record.rest.iter().map(|name| format!("...{}", name.text));
                format!("{{{}}}", fields.chain(rest).collect::<Vec<_>>().join(", "))
            }
            Target::List(list) => {
                let items = list.items.iter().map(|item| match item {
                    None => "-".to_owned(),
                    Some(item) => format!("{}{}", self.target(&item.target), default(&item.default)),
                });
                let rest = list.rest.iter().map(|name| format!("...{}", name.text));
                format!("[{}]", items.chain(rest).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn pattern(&self, pattern: &MatchPattern) -> String {
        let rest = |rest: &Option<MatchRest>| {
            rest.iter()
                .map(|rest| format!("...{}", rest.name.as_ref().map_or("", |name| &*name.text)))
                .collect::<Vec<_>>()
        };
        match pattern {
            MatchPattern::Wildcard(_) => "_".to_owned(),
            MatchPattern::Literal(literal, _) => print_literal(literal),
            MatchPattern::Name(name) => name.text.to_string(),
            MatchPattern::Is { name, target } => format!("{} is {}", name.text, self.written_type(*target)),
            MatchPattern::Record { fields, rest: others, .. } => {
                let fields = fields.iter().map(|field| match &field.pattern {
                    Some(pattern) => format!("{}: {}", field.field.text, self.pattern(pattern)),
                    None => field.field.text.to_string(),
                });
                format!("{{{}}}", fields.chain(rest(others)).collect::<Vec<_>>().join(", "))
            }
            MatchPattern::List { items, rest: others, .. } => {
                let items = items.iter().map(|item| self.pattern(item));
                format!("[{}]", items.chain(rest(others)).collect::<Vec<_>>().join(", "))
            }
            MatchPattern::Alternatives(all) => {
                all.iter().map(|one| self.pattern(one)).collect::<Vec<_>>().join(" | ")
            }
            MatchPattern::Value(value) => format!("= {}", self.expression(*value)),
        }
    }

    fn section(&self, section: &Section) -> String {
        let fields = |fields: &[prism_syntax::ast::Field]| {
            let field = |field: &prism_syntax::ast::Field| {
                let constraints: String = field
                    .constraints
                    .iter()
                    .map(|constraint| {
                        let arguments: Vec<_> =
                            constraint.arguments.iter().map(|id| self.expression(*id)).collect();
                        format!(" {}({})", constraint.name.text, arguments.join(", "))
                    })
                    .collect();
                let default = field.default.map_or(String::new(), |id| format!(" = {}", self.expression(id)));
                let mark = if field.optional { "?" } else { "" };
                format!("{}{mark}: {}{constraints}{default}", field.name.text, self.written_type(field.value))
            };
            fields.iter().map(field).collect::<Vec<_>>().join(", ")
        };
        match section {
            Section::Input { fields: list, .. } => format!("input {}", fields(list)),
            Section::Output { output: Output::Fields(list), .. } => format!("output {}", fields(list)),
            Section::Output { output: Output::Type(id), .. } => {
                format!("output = {}", self.written_type(*id))
            }
            Section::Budget { pairs, .. } => {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(name, id)| format!("{}: {}", name.text, self.expression(*id)))
                    .collect();
                format!("budget {}", pairs.join(", "))
            }
            Section::Confidence { promise: Promise::AtLeast { value, .. }, .. } => {
                format!("confidence >= {value}")
            }
            Section::Confidence { promise: Promise::Mode(name), .. } => format!("confidence {}", name.text),
        }
    }

    fn function(&self, function: &prism_syntax::ast::Function) -> String {
        let result = function.result.map_or(String::new(), |id| format!(" -> {}", self.written_type(id)));
        format!(
            "{}fn {}{}({}){result} {}",
            if function.asynchronous { "async " } else { "" },
            function.name.text,
            type_parameters(&function.type_parameters),
            self.parameters(&function.parameters),
            self.block(&function.body)
        )
    }

    fn parameters(&self, parameters: &[Parameter]) -> String {
        let parameter = |parameter: &Parameter| {
            let mark = if parameter.optional { "?" } else { "" };
            let declared =
                parameter.declared.map_or(String::new(), |id| format!(": {}", self.written_type(id)));
            let default = parameter.default.map_or(String::new(), |id| format!(" = {}", self.expression(id)));
            let rest = if parameter.rest { "..." } else { "" };
            format!("{rest}{}{mark}{declared}{default}", self.target(&parameter.target))
        };
        parameters.iter().map(parameter).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn block(&self, block: &Block) -> String {
        let statements: Vec<_> = block.statements.iter().map(|id| self.statement(*id)).collect();
        format!("{{{}}}", statements.join("; "))
    }

    pub(crate) fn statement(&self, id: StatementId) -> String {
        match &self.0[id].kind {
            StatementKind::Let { target, declared, value, constant } => {
                let word = if *constant { "const" } else { "let" };
                let declared = declared.map_or(String::new(), |id| format!(": {}", self.written_type(id)));
                let value = value.map_or(String::new(), |id| format!(" = {}", self.expression(id)));
                format!("{word} {}{declared}{value}", self.target(target))
            }
            StatementKind::Return(value) => {
                format!("return{}", value.map_or(String::new(), |id| format!(" {}", self.expression(id))))
            }
            StatementKind::Expression(id) => self.expression(*id),
            StatementKind::Function(function) => self.function(function),
            StatementKind::Block(block) => self.block(block),
            StatementKind::Type(alias) => self.alias(alias),
            StatementKind::Assign(assign) => {
                let tilde = if assign.tilde { "~" } else { "" };
                let operator = assign.operator.map_or("", |operator| operator.name());
                format!(
                    "{} {tilde}{operator}= {}",
                    self.expression(assign.place),
                    self.expression(assign.value)
                )
            }
            StatementKind::Unpack { target, value } => {
                format!("unpack {} = {}", self.target(target), self.expression(*value))
            }
            StatementKind::Step { place, up, prefix } => {
                let sign = if *up { "++" } else { "--" };
                let place = self.expression(*place);
                if *prefix { format!("{sign}{place}") } else { format!("{place}{sign}") }
            }
            StatementKind::Break => "break".to_owned(),
            StatementKind::Continue => "continue".to_owned(),
            StatementKind::Assert { condition, message } => {
                let message = message.map_or(String::new(), |id| format!(", {}", self.expression(id)));
                format!("assert {}{message}", self.expression(*condition))
            }
            StatementKind::Mock(mock) => {
                let does = match mock.behaviour {
                    MockBehaviour::Replies(id) => format!("replies {}", self.expression(id)),
                    MockBehaviour::Fails(id) => format!("fails {}", self.expression(id)),
                    MockBehaviour::Answers(id) => format!("answers {}", self.expression(id)),
                };
                let calibrated = if mock.calibrated { " calibrated" } else { "" };
                let after = mock.after.map_or(String::new(), |id| format!(" after {}", self.expression(id)));
                format!("mock {} {:?}{calibrated} {does}{after}", mock.contract.text, mock.name.text)
            }
            StatementKind::For(repeat) => self.for_loop(repeat),
            StatementKind::While(repeat) => {
                let limit = repeat.limit.map_or(String::new(), |id| format!(" max {}", self.expression(id)));
                let (condition, body) = (self.expression(repeat.condition), self.body(&repeat.body));
                if repeat.body_first {
                    format!("do {body} while {condition}{limit}")
                } else {
                    format!("while {condition}{limit} {body}")
                }
            }
            StatementKind::Try(attempt) => {
                let catch = attempt.catch.as_ref().map_or(String::new(), |catch| {
                    let name = catch.failure.as_ref().map_or("-", |name| &*name.text);
                    format!(" catch {name} {}", self.block(&catch.body))
                });
                let finally = attempt
                    .finally
                    .as_ref()
                    .map_or(String::new(), |block| format!(" finally {}", self.block(block)));
                format!("try {}{catch}{finally}", self.block(&attempt.body))
            }
            StatementKind::Error => "<error>".to_owned(),
        }
    }

    fn for_loop(&self, repeat: &For) -> String {
        match repeat {
            For::Each { target, second, list, limit, body } => {
                let second = second.as_ref().map_or(String::new(), |name| format!(", {}", name.text));
                let limit = limit.map_or(String::new(), |id| format!(" max {}", self.expression(id)));
                format!(
                    "for {}{second} in {}{limit} {}",
                    self.target(target),
                    self.expression(*list),
                    self.body(body)
                )
            }
            For::Count { initial, condition, step, body } => {
                let initial: Vec<_> = initial.iter().map(|id| self.statement(*id)).collect();
                format!(
                    "for ({}; {}; {}) {}",
                    initial.join(", "),
                    condition.map_or(String::new(), |id| self.expression(id)),
                    step.map_or(String::new(), |id| self.statement(id)),
                    self.body(body)
                )
            }
            For::All { variables, body } => {
                let variable =
                    |(name, id): &(Name, TypeExprId)| format!("{}: {}", name.text, self.written_type(*id));
                let variables: Vec<_> = variables.iter().map(variable).collect();
                format!("for all {} {}", variables.join(", "), self.block(body))
            }
        }
    }

    fn arguments(&self, arguments: &[Argument]) -> String {
        let argument = |argument: &Argument| {
            let name = argument.name.as_ref().map_or(String::new(), |name| format!("{}: ", name.text));
            let trailing = if argument.trailing { "trailing " } else { "" };
            match &argument.value {
                ArgumentValue::Expression(id) => format!("{trailing}{name}{}", self.expression(*id)),
                ArgumentValue::Spread(id) => format!("...{}", self.expression(*id)),
            }
        };
        arguments.iter().map(argument).collect::<Vec<_>>().join(", ")
    }

    fn body(&self, body: &Body) -> String {
        match body {
            Body::Block(block) => self.block(block),
            Body::Record(id) => self.expression(*id),
            Body::Statement(id) => format!("bare {}", self.statement(*id)),
        }
    }

    pub(crate) fn expression(&self, id: ExprId) -> String {
        let e = |id: &ExprId| self.expression(*id);
        match &self.0[id].kind {
            ExprKind::Literal(literal) => print_literal(literal),
            ExprKind::Template(parts) => {
                let part = |part: &TemplatePart| match part {
                    TemplatePart::Text(text) => format!("{text:?}"),
                    TemplatePart::Expression(id) => format!("${{{}}}", e(id)),
                };
                format!("template({})", parts.iter().map(part).collect::<Vec<_>>().join(" "))
            }
            ExprKind::Name(name) => name.text.to_string(),
            ExprKind::List(elements) => {
                let element = |element: &prism_syntax::ast::Element| {
                    format!("{}{}", if element.spread { "..." } else { "" }, e(&element.value))
                };
                format!("[{}]", elements.iter().map(element).collect::<Vec<_>>().join(", "))
            }
            ExprKind::Record(entries) => {
                let entry = |entry: &Entry| match entry {
                    Entry::Spread(id) => format!("...{}", e(id)),
                    Entry::Pair { key: EntryKey::Name(name), shorthand: true, .. } => name.text.to_string(),
                    Entry::Pair { key: EntryKey::Name(name), value, .. } => {
                        format!("{}: {}", name.text, e(value))
                    }
                    Entry::Pair { key: EntryKey::Computed(key), value, .. } => {
                        format!("[{}]: {}", e(key), e(value))
                    }
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            ExprKind::Lambda(lambda) => {
                let body = match &lambda.body {
                    LambdaBody::Expression(id) => e(id),
                    LambdaBody::Block(block) => self.block(block),
                    LambdaBody::Assignment(id) => format!("<{}>", self.statement(*id)),
                };
                let word = match lambda.form {
                    LambdaForm::Function => "function ",
                    LambdaForm::Method => "method ",
                    LambdaForm::Arrow | LambdaForm::Trailing | LambdaForm::Selector => "",
                };
                let asynchronous = if lambda.asynchronous { "async " } else { "" };
                format!("({asynchronous}{word}({}) => {body})", self.parameters(&lambda.parameters))
            }
            ExprKind::Member { object, name } => format!("{}.{}", e(object), name.text),
            ExprKind::OptionalMember { object, name } => format!("{}?.{}", e(object), name.text),
            ExprKind::Index { object, index } => format!("{}[{}]", e(object), e(index)),
            ExprKind::Call { callee, arguments } => format!("{}({})", e(callee), self.arguments(arguments)),
            ExprKind::OptionalCall { callee, arguments } => {
                format!("{}?.({})", e(callee), self.arguments(arguments))
            }
            ExprKind::OptionalIndex { object, index } => format!("{}?.[{}]", e(object), e(index)),
            ExprKind::TildeMember { object, name } => format!("{}~.{}", e(object), name.text),
            ExprKind::New { class, arguments } => {
                format!("new {}({})", class.text, self.arguments(arguments))
            }
            ExprKind::Typeof(value) => format!("(typeof {})", e(value)),
            ExprKind::Await(value) => format!("(await {})", e(value)),
            ExprKind::Is { value, target } => format!("({} is {})", e(value), self.written_type(*target)),
            ExprKind::Instanceof { value, class } => format!("({} instanceof {})", e(value), e(class)),
            ExprKind::Pipe { tilde, value, step, .. } => {
                format!("({} {}|> {})", e(value), if *tilde { "~" } else { "" }, e(step))
            }
            ExprKind::Surer { left, right, .. } => format!("({} ~||> {})", e(left), e(right)),
            ExprKind::Match(choice) => {
                let arms: Vec<_> = choice
                    .arms
                    .iter()
                    .map(|arm| {
                        let guard =
                            arm.guard.map_or(String::new(), |id| format!(" if {}", self.expression(id)));
                        format!("{}{guard} => {}", self.pattern(&arm.pattern), self.body(&arm.body))
                    })
                    .collect();
                let word = if choice.switch { "switch" } else { "match" };
                format!("{word} {} [{}]", e(&choice.subject), arms.join("; "))
            }
            ExprKind::Unary { operator, operand, .. } => format!("({}{})", operator.name(), e(operand)),
            ExprKind::Binary { operator, tilde, left, right, .. } => {
                format!("({} {}{} {})", e(left), if *tilde { "~" } else { "" }, operator.name(), e(right))
            }
            ExprKind::Ternary { tilde, condition, then, otherwise } => {
                let sign = if *tilde { "~?" } else { "?" };
                format!("({} {sign} {} : {})", e(condition), e(then), e(otherwise))
            }
            ExprKind::Attach { value, confidence } => format!("({} ~> {})", e(value), e(confidence)),
            ExprKind::Gate { tilde, value, threshold, otherwise } => {
                let sign = if *tilde { "~?>" } else { "~@>" };
                match otherwise {
                    None => format!("({} {sign} {})", e(value), e(threshold)),
                    Some(otherwise) => format!("({} {sign} ({}, {}))", e(value), e(threshold), e(otherwise)),
                }
            }
            ExprKind::As { value, target } => format!("({} as {})", e(value), self.written_type(*target)),
            ExprKind::Assert(value) => format!("({}!)", e(value)),
            ExprKind::If { condition, then, otherwise } => {
                let otherwise = match otherwise {
                    None => String::new(),
                    Some(Else::Chain(id)) => format!(" else {}", e(id)),
                    Some(Else::Body(body)) => format!(" else {}", self.body(body)),
                };
                format!("if {} {}{otherwise}", e(condition), self.body(then))
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                let thresholds: String =
                    thresholds.iter().map(|(name, id)| format!(", {}: {}", name.text, e(id))).collect();
                let bands: Vec<_> =
                    bands.iter().map(|band| format!("{:?} {}", band.name, self.body(&band.body))).collect();
                format!("uncertain {}{thresholds} [{}]", e(subject), bands.join("; "))
            }
            ExprKind::Do(block) => format!("do {}", self.block(block)),
            ExprKind::Error => "<error>".to_owned(),
        }
    }

    pub(crate) fn written_type(&self, id: TypeExprId) -> String {
        let t = |id: &TypeExprId| self.written_type(*id);
        let many = |ids: &[TypeExprId], with: &str| ids.iter().map(t).collect::<Vec<_>>().join(with);
        match &self.0[id].kind {
            TypeExprKind::Named { name, arguments } if arguments.is_empty() => name.text.to_string(),
            TypeExprKind::Named { name, arguments } => format!("{}<{}>", name.text, many(arguments, ", ")),
            TypeExprKind::Literal(literal) => print_literal(literal),
            TypeExprKind::Uncertain(inner) => format!("~{}", t(inner)),
            TypeExprKind::List(inner) => format!("({})[]", t(inner)),
            TypeExprKind::Optional(inner) => format!("({})?", t(inner)),
            TypeExprKind::Union(members) => many(members, " | "),
            TypeExprKind::Record { fields, open } => {
                let field = |field: &prism_syntax::ast::FieldType| {
                    format!(
                        "{}{}: {}",
                        field.name.text,
                        if field.optional { "?" } else { "" },
                        t(&field.value)
                    )
                };
                let fields: Vec<_> = fields.iter().map(field).collect();
                format!("{{{}{}}}", fields.join(", "), if *open { ", ..." } else { "" })
            }
            TypeExprKind::Function { parameters, result } => {
                format!("(({}) -> {})", many(parameters, ", "), t(result))
            }
            TypeExprKind::Error => "<error>".to_owned(),
        }
    }
}

fn print_literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::String(text) => format!("{text:?}"),
        Literal::Duration(microseconds) => format!("{microseconds}us"),
        Literal::Money(nano) => format!("{nano}n$"),
    }
}

fn type_parameters(names: &[Name]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("<{}>", names.iter().map(|name| &*name.text).collect::<Vec<_>>().join(", "))
}

fn module_names(names: &[ModuleName]) -> String {
    let name = |name: &ModuleName| match &name.alias {
        Some(alias) => format!("{} as {}", name.name.text, alias.text),
        None => name.name.text.to_string(),
    };
    names.iter().map(name).collect::<Vec<_>>().join(", ")
}
