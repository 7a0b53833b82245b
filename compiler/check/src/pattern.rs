use prism_syntax::ast::{Block, Constraint, Field, Literal, Name, Output, Pattern, Promise, Section};

use crate::checked::{ConstraintInfo, FieldInfo, InterfaceInfo, PatternInfo};
use crate::checker::Checker;
use crate::contract::duration_us;
use crate::error::Place;
use crate::function::end_of;
use crate::{CheckError, FieldOf, Type, nearest};

/// The limits that a budget can set.
const LIMITS: &[&str] = &["calls", "cost", "time"];
/// The constraints that a field can have.
const CONSTRAINTS: &[&str] = &[
    "required",
    "optional",
    "max_length",
    "min_length",
    "max_items",
    "min_items",
    "min",
    "max",
    "enum",
    "default",
];
/// The propagation modes.
const MODES: &[&str] = &["frank", "independent", "min", "worst", "bounds"];

impl Checker<'_> {
    pub(crate) fn pattern(&mut self, pattern: &Pattern) {
        let before = self.out.errors.len();
        let quiet = std::mem::replace(&mut self.quiet, pattern.tainted);
        let mut info = PatternInfo {
            input: InterfaceInfo::Type(Type::Any),
            output: InterfaceInfo::Type(Type::Any),
            calls: None,
            cost_nanodollars: None,
            time_us: None,
            promise: None,
            propagation: None,
            broken: pattern.tainted,
            not_yet: self.waiting_patterns.get(&pattern.name.span.start).copied(),
        };
        if info.not_yet.is_some() {
            self.quiet = quiet;
            self.out.patterns.entry(pattern.name.text.clone()).or_insert(info);
            return;
        }
        let mut has_output = false;
        for section in &pattern.sections {
            match section {
                Section::Input { fields, .. } => info.input = InterfaceInfo::Fields(self.fields(fields)),
                Section::Output { output, .. } => {
                    has_output = true;
                    info.output = match output {
                        Output::Fields(fields) => InterfaceInfo::Fields(self.fields(fields)),
                        Output::Type(written) => InterfaceInfo::Type(self.written(*written)),
                    };
                }
                Section::Budget { pairs, .. } => pairs.iter().for_each(|(name, value)| {
                    self.limit(&mut info, name, *value);
                }),
                Section::Confidence { promise: Promise::AtLeast { value, span }, .. } => {
                    if !(0.0..=1.0).contains(value) {
                        self.report(CheckError::ThresholdRange { span: *span, found: *value });
                    }
                    info.promise = Some(*value);
                }
                Section::Confidence { promise: Promise::Mode(name), .. } => {
                    if MODES.contains(&&*name.text) {
                        info.propagation = Some(name.text.clone());
                    } else {
                        let near = nearest(&name.text, MODES.iter().copied()).map(Into::into);
                        let (span, name) = (name.span, name.text.clone());
                        self.report(CheckError::UnknownMode { span, name, nearest: near });
                    }
                }
            }
        }
        let input = type_of(&info.input, true);
        let wanted = has_output.then(|| type_of(&info.output, false));
        let found = self.apart(|checker| {
            checker.body.input = Some(input);
            checker.pattern_body(pattern, &pattern.body, wanted)
        });
        if !has_output {
            let aliases = &self.out.aliases;
            let has_records = |name: &str| match aliases.get(name) {
                Some(of) => of.members().iter().any(|member| !is_scalar(member)),
                None => true,
            };
            let opened = found.opened(&has_records);
            info.output = InterfaceInfo::Type(opened);
        }
        self.quiet = quiet;
        info.broken |= self.out.errors.iter().skip(before).any(CheckError::is_error);
        self.out.patterns.entry(pattern.name.text.clone()).or_insert(info);
    }

    fn pattern_body(&mut self, pattern: &Pattern, body: &Block, wanted: Option<Type>) -> Type {
        self.scoped(|checker| {
            checker.body.wanted = wanted.clone().map(|wanted| (wanted, Place::Result));
            let last = checker.body_value(body);
            match wanted {
                Some(wanted) => {
                    if last == Type::Null && !checker.fits(&Type::Null, &wanted) {
                        let (span, name) = (end_of(body.span), pattern.name.text.clone());
                        let wanted = wanted.clone();
                        checker.report(CheckError::MissingReturn { span, pattern: name, wanted });
                    }
                    wanted
                }
                None => {
                    let returned = std::mem::take(&mut checker.body.returned);
                    returned.into_iter().fold(last, |joined, next| checker.join(joined, next))
                }
            }
        })
    }

    fn fields(&mut self, fields: &[Field]) -> Vec<FieldInfo> {
        let mut known: Vec<FieldInfo> = Vec::with_capacity(fields.len());
        for field in fields {
            if known.iter().any(|other| other.name == field.name.text) {
                let first = fields.iter().find(|other| other.name.text == field.name.text);
                let first = first.map_or(field.name.span, |other| other.name.span);
                let (span, name) = (field.name.span, field.name.text.clone());
                self.report(CheckError::DuplicateName { span, name, first });
                continue;
            }
            let value = self.written(field.value);
            let mut optional = field.optional;
            let mut default = field.default;
            let mut constraints = Vec::new();
            for constraint in &field.constraints {
                match &*constraint.name.text {
                    "optional" => optional = true,
                    "required" => {}
                    "default" => default = constraint.arguments.first().copied().or(default),
                    _ => constraints.extend(self.constraint(constraint)),
                }
            }
            if let Some(default) = default {
                let place = Place::Default { name: field.name.text.clone() };
                self.constant_for(default, &value, &place);
            }
            known.push(FieldInfo { name: field.name.text.clone(), value, optional, constraints, default });
        }
        known
    }

    fn constraint(&mut self, constraint: &Constraint) -> Option<ConstraintInfo> {
        let name = &constraint.name;
        if !CONSTRAINTS.contains(&&*name.text) {
            let near = nearest(&name.text, CONSTRAINTS.iter().copied()).map(Into::into);
            let (span, name) = (name.span, name.text.clone());
            self.report(CheckError::UnknownConstraint { span, name, nearest: near });
            return None;
        }
        constraint.arguments.iter().for_each(|argument| self.settle(*argument));
        let argument = constraint.arguments.first().copied();
        let number = argument.and_then(|argument| self.constant_number(argument));
        let whole = number
            .filter(|number| number.fract() == 0.0 && (0.0..9e15).contains(number))
            .map(|number| number as u64);
        let found = match &*name.text {
            "max_length" => whole.map(ConstraintInfo::MaxLength),
            "min_length" => whole.map(ConstraintInfo::MinLength),
            "max_items" => whole.map(ConstraintInfo::MaxItems),
            "min_items" => whole.map(ConstraintInfo::MinItems),
            "min" => number.map(ConstraintInfo::Min),
            "max" => number.map(ConstraintInfo::Max),
            _ => {
                let values: Option<Vec<Literal>> = constraint
                    .arguments
                    .iter()
                    .map(|argument| self.constant_literal(*argument).cloned())
                    .collect();
                values.filter(|values| !values.is_empty()).map(ConstraintInfo::OneOf)
            }
        };
        let told = constraint.arguments.iter().any(|argument| *self.out.type_of(*argument) == Type::Error);
        if found.is_none() && !told {
            let wanted = match &*name.text {
                "min" | "max" => "a number in parentheses",
                "enum" => "the allowed values in parentheses",
                _ => "a whole number in parentheses",
            };
            let (span, name) = (constraint.span, name.text.clone());
            self.report(CheckError::InvalidConstraint { span, name, wanted });
        }
        found
    }

    fn limit(&mut self, info: &mut PatternInfo, name: &Name, value: prism_syntax::ast::ExprId) {
        self.settle(value);
        let number = self.constant_number(value);
        let literal = self.constant_literal(value);
        let wanted = match &*name.text {
            "calls" => {
                let calls = number.filter(|number| number.fract() == 0.0 && (1.0..9e15).contains(number));
                info.calls = calls.map(|calls| calls as u64);
                info.calls.is_none().then_some("a whole number of at least 1")
            }
            "cost" => {
                info.cost_nanodollars = match literal {
                    Some(Literal::Money(nanodollars)) if *nanodollars >= 0 => Some(*nanodollars),
                    _ => None,
                };
                info.cost_nanodollars.is_none().then_some("a sum of money, such as `$0.05`")
            }
            "time" => {
                info.time_us = duration_us(literal).filter(|microseconds| *microseconds > 0);
                info.time_us.is_none().then_some("a duration, such as `2m`")
            }
            _ => {
                let near = nearest(&name.text, LIMITS.iter().copied()).map(Into::into);
                let (span, name) = (name.span, name.text.clone());
                return self.report(CheckError::UnknownBudgetKey { span, name, nearest: near });
            }
        };
        if let Some(wanted) = wanted
            && *self.out.type_of(value) != Type::Error
        {
            let (span, key) = (self.tree[value].span, name.text.clone());
            self.report(CheckError::InvalidBudget { span, key, wanted });
        }
    }
}

/// Whether nothing is in a value of the type.
fn is_scalar(of: &Type) -> bool {
    matches!(
        of,
        Type::Null
            | Type::Boolean
            | Type::Number
            | Type::Integer
            | Type::String
            | Type::Duration
            | Type::Money
            | Type::Confidence
            | Type::Literal(_)
    )
}

/// The type of an interface; inputs with a default are always there.
fn type_of(interface: &InterfaceInfo, is_input: bool) -> Type {
    match interface {
        InterfaceInfo::Type(value) => value.clone(),
        InterfaceInfo::Fields(fields) => Type::record(
            fields
                .iter()
                .map(|field| FieldOf {
                    name: field.name.clone(),
                    value: field.value.clone(),
                    optional: field.optional && !(is_input && field.default.is_some()),
                })
                .collect(),
        ),
    }
}
