use std::fmt::Write;

use crate::{Document, Expression, FunctionBody, Interface, Node, NodeId, Operation};

/// The deepest indentation of a listing.
const MAX_INDENT: usize = 200;

/// A document as people read it: patterns as trees of nodes with their parameters. There is no way back.
pub fn listing(document: &Document) -> String {
    let mut text = String::new();
    for pattern in &document.patterns {
        let version = pattern.version.as_ref().map(|version| format!(" v{version}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "pattern {}{version}  # {}",
            pattern.name,
            pattern.hash.get(..12).unwrap_or_default()
        );
        write_interface(&mut text, "input", &pattern.input);
        write_interface(&mut text, "output", &pattern.output);
        write_node(&mut text, document, &pattern.root, "", 1);
    }
    for function in &document.functions {
        let parameters: Vec<_> = function
            .parameters
            .iter()
            .map(|parameter| format!("{}: {}", parameter.name, parameter.value))
            .collect();
        let _ = writeln!(text, "fn {}({}) -> {}", function.name, parameters.join(", "), function.result);
        match &function.body {
            FunctionBody::Pure(expression) => {
                let _ = writeln!(text, "  {}", expression_text(expression));
            }
            FunctionBody::Node(root) => write_node(&mut text, document, root, "", 1),
        }
    }
    text
}

fn write_interface(text: &mut String, label: &str, interface: &Interface) {
    let _ = writeln!(text, "  {label}: {}", interface.to_type());
}

fn write_node(text: &mut String, document: &Document, id: &NodeId, label: &str, indent: usize) {
    let Some(node) = document.nodes.iter().find(|node| node.id == *id).filter(|_| indent < MAX_INDENT) else {
        return;
    };
    let _ = writeln!(text, "{:width$}{}", "", node_line(node, label), width = indent * 2);
    for child in &node.children {
        write_node(text, document, &child.node, &child.label, indent + 1);
    }
}

fn node_line(node: &Node, label: &str) -> String {
    let mut line = String::new();
    if !label.is_empty() && label.parse::<u32>().is_err() {
        let _ = write!(line, "{label}: ");
    }
    if let Some(output) = node.output {
        let _ = write!(line, "%{output} = ");
    }
    let _ = write!(line, "{}", node.kind);
    if let Some(target) = &node.target {
        let _ = write!(line, " {target}");
    }
    for (name, expression) in &node.parameters {
        let _ = write!(line, " {name}={}", expression_text(expression));
    }
    let _ = write!(line, " : {}  # {}", node.result, node.id);
    line
}

/// An expression in a form close to the source, slots as `%0`.
fn expression_text(expression: &Expression) -> String {
    let mut texts: Vec<String> = Vec::with_capacity(expression.operations.len());
    for operation in &expression.operations {
        let text = operation_text(operation, &texts);
        // Listings are for eyes: a text that grows without bound helps nobody.
        let shortened = if text.chars().count() > 400 {
            let start: String = text.chars().take(400).collect();
            format!("{start}…")
        } else {
            text
        };
        texts.push(shortened);
    }
    texts.pop().unwrap_or_default()
}

fn operation_text(operation: &Operation, texts: &[String]) -> String {
    let of = |index: &u32| texts.get(*index as usize).cloned().unwrap_or_default();
    let all = |indexes: &[u32]| indexes.iter().map(of).collect::<Vec<_>>().join(", ");
    match operation {
        Operation::Literal { value } => value.to_json().to_string(),
        Operation::Slot { slot } => format!("%{slot}"),
        Operation::Unary { operator, operand } => format!("{operator}{}", of(operand)),
        Operation::Binary { operator, left, right } => format!("({} {operator} {})", of(left), of(right)),
        Operation::Conditional { condition, then, otherwise } => {
            format!("({} ? {} : {})", of(condition), of(then), of(otherwise))
        }
        Operation::Member { object, name, optional } => {
            format!("{}{}{name}", of(object), if *optional { "?." } else { "." })
        }
        Operation::Index { object, index } => format!("{}[{}]", of(object), of(index)),
        Operation::List { elements } => {
            let parts: Vec<_> = elements
                .iter()
                .map(|element| format!("{}{}", if element.spread { "..." } else { "" }, of(&element.value)))
                .collect();
            format!("[{}]", parts.join(", "))
        }
        Operation::Record { entries } => {
            let parts: Vec<_> = entries
                .iter()
                .map(|entry| match entry {
                    crate::Entry::Field { key, value } => format!("{key}: {}", of(value)),
                    crate::Entry::Computed { key, value } => format!("[{}]: {}", of(key), of(value)),
                    crate::Entry::Spread { value } => format!("...{}", of(value)),
                })
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Operation::Template { parts } => format!("text({})", all(parts)),
        Operation::Attach { value, confidence } => format!("({} ~> {})", of(value), of(confidence)),
        Operation::Gate { value, threshold, otherwise: None } => {
            format!("({} ~@> {})", of(value), of(threshold))
        }
        Operation::Gate { value, threshold, otherwise: Some(other) } => {
            format!("({} ~@> ({}, {}))", of(value), of(threshold), of(other))
        }
        Operation::Cast { value, target } => format!("({} as {target})", of(value)),
        Operation::CallBuiltin { builtin, arguments } => format!("{builtin}({})", all(arguments)),
        Operation::CallFunction { function, arguments } => format!("{function}({})", all(arguments)),
        Operation::CallValue { callee, arguments } => format!("{}({})", of(callee), all(arguments)),
        Operation::Lambda { parameters, body, .. } => {
            let names: Vec<_> = parameters.iter().map(|slot| format!("%{slot}")).collect();
            format!("(({}) => {})", names.join(", "), of(body))
        }
        Operation::Block { statements } => {
            let parts: Vec<_> = statements.iter().map(of).collect();
            format!("{{ {} }}", parts.join("; "))
        }
        Operation::Let { slot, value } => format!("%{slot} = {}", of(value)),
        Operation::Return { value } => format!("return {}", of(value)),
        Operation::Fail { message, .. } => format!("fail({})", of(message)),
        Operation::Uncertain { subject, bands, .. } => {
            let named = [
                ("high", bands.high),
                ("medium", bands.medium),
                ("low", bands.low),
                ("default", bands.default),
            ];
            let parts: Vec<_> = named
                .iter()
                .filter_map(|(name, band)| Some(format!("{name} -> {}", of(&(*band)?))))
                .collect();
            format!("uncertain {} {{ {} }}", of(subject), parts.join("; "))
        }
    }
}
