//! Whether a document can go wrong: slots that are read before they are written, calls that are lost or doubled.

use std::collections::HashSet;

use prism_ir::{Expression, NodeKind, Operation, Program, Slot};

/// Panics where a slot is read that nothing before it has written; gives how many calls of agents there are.
pub fn check(program: &Program) -> usize {
    let mut calls = 0;
    for pattern in &program.document().patterns {
        let mut written = HashSet::from([0]);
        node(program, program.index_of(&pattern.root).unwrap(), &mut written, &mut calls);
    }
    for function in &program.document().functions {
        let mut written: HashSet<Slot> = (0..function.parameters.len() as Slot).collect();
        match &function.body {
            prism_ir::FunctionBody::Pure(body) => expression(body, &mut written, &function.name),
            prism_ir::FunctionBody::Node(root) => {
                node(program, program.index_of(root).unwrap(), &mut written, &mut calls);
            }
        }
    }
    calls
}

fn node(program: &Program, index: prism_ir::NodeIndex, written: &mut HashSet<Slot>, calls: &mut usize) {
    let node_ = program.node(index);
    *calls += usize::from(node_.kind == NodeKind::Analyze);
    for value in node_.parameters.values() {
        expression(value, &mut written.clone(), node_.id.as_str());
    }
    for (child, inner) in node_.children.iter().zip(program.children(index)) {
        match &child.frame {
            Some(frame) => {
                for capture in &frame.captures {
                    assert!(written.contains(&capture.from), "{} captures slot {}", child.node, capture.from);
                }
                let parameters = frame.parameters.iter().copied();
                let mut own: HashSet<Slot> =
                    parameters.chain(frame.captures.iter().map(|capture| capture.to)).collect();
                node(program, *inner, &mut own, calls);
            }
            // What is written in a branch may not have been when the branch was not taken.
            None if node_.kind == NodeKind::Sequence => node(program, *inner, written, calls),
            None => node(program, *inner, &mut written.clone(), calls),
        }
    }
    written.extend(node_.output);
}

fn expression(expression: &Expression, written: &mut HashSet<Slot>, place: &str) {
    operation(expression, expression.root().unwrap(), written, place);
}

fn operation(of: &Expression, index: u32, written: &mut HashSet<Slot>, place: &str) {
    match &of.operations[index as usize] {
        Operation::Slot { slot } => assert!(written.contains(slot), "{place} reads slot {slot}"),
        Operation::Let { slot, value } => {
            operation(of, *value, written, place);
            written.insert(*slot);
        }
        Operation::Lambda { parameters, captures, body, .. } => {
            for capture in captures {
                assert!(written.contains(&capture.from), "{place} captures slot {}", capture.from);
            }
            let captured = captures.iter().map(|capture| capture.to);
            let mut own: HashSet<Slot> = parameters.iter().copied().chain(captured).collect();
            operation(of, *body, &mut own, place);
        }
        other => {
            let mut operands = Vec::new();
            other.for_each_operand(|operand| operands.push(operand));
            operands.into_iter().for_each(|operand| operation(of, operand, written, place));
        }
    }
}
