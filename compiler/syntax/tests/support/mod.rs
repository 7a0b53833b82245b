//! A short form of trees that is easy to read in tests: every operation in parentheses.
#![allow(dead_code)]

use prism_syntax::ast::{
    Argument, ArgumentValue, Block, Body, Else, Entry, EntryKey, ExprId, ExprKind, Item, LambdaBody, Literal,
    Output, Parameter, Promise, Section, StatementId, StatementKind, TemplatePart, Tree, TypeExprId,
    TypeExprKind,
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
            Item::Type(alias) => format!("type {} = {}", alias.name.text, self.written_type(alias.value)),
            Item::Function(function) => self.function(function),
            Item::Statement(id) => self.statement(*id),
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
            "fn {}({}){result} {}",
            function.name.text,
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
            format!("{}{mark}{declared}{default}", parameter.name.text)
        };
        parameters.iter().map(parameter).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn block(&self, block: &Block) -> String {
        let statements: Vec<_> = block.statements.iter().map(|id| self.statement(*id)).collect();
        format!("{{{}}}", statements.join("; "))
    }

    pub(crate) fn statement(&self, id: StatementId) -> String {
        match &self.0[id].kind {
            StatementKind::Let { name, declared, value, constant } => {
                let word = if *constant { "const" } else { "let" };
                let declared = declared.map_or(String::new(), |id| format!(": {}", self.written_type(id)));
                let value = value.map_or(String::new(), |id| format!(" = {}", self.expression(id)));
                format!("{word} {}{declared}{value}", name.text)
            }
            StatementKind::Return(value) => {
                format!("return{}", value.map_or(String::new(), |id| format!(" {}", self.expression(id))))
            }
            StatementKind::Expression(id) => self.expression(*id),
            StatementKind::Function(function) => self.function(function),
            StatementKind::Block(block) => self.block(block),
            StatementKind::Error => "<error>".to_owned(),
        }
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
                };
                format!("(({}) => {body})", self.parameters(&lambda.parameters))
            }
            ExprKind::Member { object, name } => format!("{}.{}", e(object), name.text),
            ExprKind::OptionalMember { object, name } => format!("{}?.{}", e(object), name.text),
            ExprKind::Index { object, index } => format!("{}[{}]", e(object), e(index)),
            ExprKind::Call { callee, arguments } => {
                let argument = |argument: &Argument| {
                    let name =
                        argument.name.as_ref().map_or(String::new(), |name| format!("{}: ", name.text));
                    let trailing = if argument.trailing { "trailing " } else { "" };
                    match &argument.value {
                        ArgumentValue::Expression(id) => format!("{trailing}{name}{}", e(id)),
                        ArgumentValue::Spread(id) => format!("...{}", e(id)),
                    }
                };
                format!("{}({})", e(callee), arguments.iter().map(argument).collect::<Vec<_>>().join(", "))
            }
            ExprKind::Unary { operator, operand, .. } => format!("({}{})", operator.name(), e(operand)),
            ExprKind::Binary { operator, left, right, .. } => {
                format!("({} {} {})", e(left), operator.name(), e(right))
            }
            ExprKind::Ternary { condition, then, otherwise } => {
                format!("({} ? {} : {})", e(condition), e(then), e(otherwise))
            }
            ExprKind::Attach { value, confidence } => format!("({} ~> {})", e(value), e(confidence)),
            ExprKind::Gate { value, threshold, otherwise: None } => {
                format!("({} ~@> {})", e(value), e(threshold))
            }
            ExprKind::Gate { value, threshold, otherwise: Some(otherwise) } => {
                format!("({} ~@> ({}, {}))", e(value), e(threshold), e(otherwise))
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
