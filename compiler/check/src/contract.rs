//! Agent contracts: keys and methods.

use prism_catalog::ContractKey;
use prism_syntax::ast::{Agent, AgentEntry, ExprId, ExprKind, Item, Literal, Method, Name};

use crate::checked::{ContractInfo, MethodInfo, Resolution};
use crate::checker::Checker;
use crate::error::Place;
use crate::{CheckError, Type, nearest};

/// The longest chain of constants that name one another.
const LONGEST_CHAIN: usize = 200;

impl Checker<'_> {
    pub(crate) fn declare_contracts(&mut self) {
        let tree = self.tree;
        for item in tree.declarations() {
            let Item::Agent(agent) = item else { continue };
            if self.waits(&agent.name) || self.out.contracts.contains_key(&agent.name.text) {
                continue;
            }
            let contract = self.contract(agent);
            self.out.contracts.insert(agent.name.text.clone(), contract);
        }
    }

    fn contract(&mut self, agent: &Agent) -> ContractInfo {
        let mut contract = ContractInfo::default();
        let mut keys: Vec<&Name> = Vec::new();
        for entry in &agent.entries {
            match entry {
                AgentEntry::Key { name, value } => {
                    if let Some(first) = keys.iter().find(|first| first.text == name.text) {
                        let (span, first) = (name.span, first.span);
                        self.report(CheckError::DuplicateName { span, name: name.text.clone(), first });
                        continue;
                    }
                    keys.push(name);
                    self.contract_key(&mut contract, name, *value);
                }
                AgentEntry::Method(method) => {
                    if let Some(first) = contract.methods.iter().find(|known| known.name == method.name.text)
                    {
                        let (span, first) = (method.name.span, first.span);
                        self.report(CheckError::DuplicateName {
                            span,
                            name: method.name.text.clone(),
                            first,
                        });
                        continue;
                    }
                    let method = self.method(method);
                    contract.methods.push(method);
                }
            }
        }
        contract
    }

    fn method(&mut self, method: &Method) -> MethodInfo {
        let (parameters, task) = self.apart(|checker| {
            checker.scoped(|checker| {
                let parameters = checker.parameters(&method.parameters, &[]);
                if let Some(task) = method.task {
                    checker.expression_for(task, &Type::String, &Place::Task);
                }
                (parameters, method.task)
            })
        });
        let result = self.written(method.result);
        MethodInfo {
            name: method.name.text.clone(),
            parameters,
            result: Type::uncertain(result),
            task,
            documentation: method.documentation.clone(),
            span: method.name.span,
        }
    }

    fn contract_key(&mut self, contract: &mut ContractInfo, name: &Name, value: ExprId) {
        let Some(key) = ContractKey::from_name(&name.text) else {
            let near = nearest(&name.text, ContractKey::ALL.iter().map(|key| key.name())).map(Into::into);
            let (span, name) = (name.span, name.text.clone());
            return self.report(CheckError::UnknownContractKey { span, name, nearest: near });
        };
        if !key.has_effect() {
            self.report(CheckError::NoEffect { span: name.span, key: name.text.clone() });
        }
        self.settle(value);
        let literal = self.constant_literal(value);
        let text = |literal: Option<&Literal>| match literal {
            Some(Literal::String(text)) => Some(text.to_string()),
            _ => None,
        };
        let wanted = match key {
            ContractKey::Capabilities | ContractKey::Accepts => {
                let texts = self.texts(value);
                let valid = texts.is_some();
                let texts = texts.unwrap_or_default();
                if key == ContractKey::Accepts {
                    contract.accepts = texts
                } else {
                    contract.capabilities = texts
                }
                (!valid).then_some("a list of texts, such as `[\"classification\"]`")
            }
            ContractKey::Timeout => {
                contract.timeout_us = duration_us(literal).filter(|microseconds| *microseconds > 0);
                contract.timeout_us.is_none().then_some("a duration, such as `20s`")
            }
            ContractKey::Cost => {
                contract.cost_nanodollars = match literal {
                    Some(Literal::Money(nanodollars)) if *nanodollars >= 0 => Some(*nanodollars),
                    _ => None,
                };
                contract.cost_nanodollars.is_none().then_some("a sum of money, such as `$0.002`")
            }
            ContractKey::Idempotent => {
                let flag = match literal {
                    Some(Literal::Boolean(flag)) => Some(*flag),
                    _ => None,
                };
                contract.idempotent = flag.unwrap_or(false);
                flag.is_none().then_some("`true` or `false`")
            }
            ContractKey::Domain => {
                contract.domain = text(literal);
                contract.domain.is_none().then_some("a text")
            }
            ContractKey::Version => {
                contract.version = text(literal);
                contract.version.is_none().then_some("a text")
            }
            ContractKey::Confidence => {
                contract.confidence = match literal {
                    Some(Literal::Number(number)) if (0.0..=1.0).contains(number) => Some(*number),
                    _ => None,
                };
                contract.confidence.is_none().then_some("a number between 0 and 1")
            }
            ContractKey::MaxConcurrency => {
                contract.max_concurrency = match literal {
                    Some(Literal::Number(number))
                        if number.fract() == 0.0 && (1.0..=1e6).contains(number) =>
                    {
                        Some(*number as u32)
                    }
                    _ => None,
                };
                contract.max_concurrency.is_none().then_some("a whole number of at least 1")
            }
        };
        if let Some(wanted) = wanted
            && !matches!(self.out.type_of(value), Type::Error)
        {
            let (span, key) = (self.tree[value].span, name.text.clone());
            self.report(CheckError::InvalidContractValue { span, key, wanted });
        }
    }

    /// Looks at a value that has to be known before anything runs: the names in it are those of constants.
    pub(crate) fn settle(&mut self, value: ExprId) {
        self.apart(|checker| {
            checker.expression(value, None);
        });
    }

    /// The literal that a settled expression is, or names.
    pub(crate) fn constant_literal(&self, value: ExprId) -> Option<&Literal> {
        let mut current = value;
        for _ in 0..LONGEST_CHAIN {
            match &self.tree[current].kind {
                ExprKind::Literal(literal) => return Some(literal),
                ExprKind::Name(_) => match self.out.resolutions.get(&current)? {
                    Resolution::Constant(value) => current = *value,
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }

    /// The literal that an expression is.
    pub(crate) fn literal(&self, value: ExprId) -> Option<&Literal> {
        match &self.tree[value].kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    fn texts(&self, value: ExprId) -> Option<Vec<String>> {
        let mut list = value;
        for _ in 0..LONGEST_CHAIN {
            match self.out.resolutions.get(&list) {
                Some(Resolution::Constant(value)) => list = *value,
                _ => break,
            }
        }
        let ExprKind::List(elements) = &self.tree[list].kind else { return None };
        elements
            .iter()
            .map(|element| match (element.spread, self.constant_literal(element.value)) {
                (false, Some(Literal::String(text))) => Some(text.to_string()),
                _ => None,
            })
            .collect()
    }
}

/// A duration in microseconds; a bare number is milliseconds.
pub(crate) fn duration_us(literal: Option<&Literal>) -> Option<i64> {
    match literal {
        Some(Literal::Duration(microseconds)) => Some(*microseconds),
        Some(Literal::Number(milliseconds)) if (0.0..9e12).contains(milliseconds) => {
            Some((milliseconds * 1_000.0) as i64)
        }
        _ => None,
    }
}
