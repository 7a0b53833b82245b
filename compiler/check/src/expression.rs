use std::sync::Arc;

use prism_catalog::{BuiltinId, PrimitiveId, UnaryOperator};
use prism_syntax::ast::{Element, ExprId, ExprKind, Literal, Name, StatementKind, Target, TemplatePart};

use crate::checked::{ParameterInfo, Resolution};
use crate::checker::Checker;
use crate::error::Place;
use crate::library::free_name;
use crate::relation::find_field;
use crate::{CheckError, FieldOf, NotYet, Type, nearest};

impl Checker<'_> {
    /// The type of an expression; `wanted` helps to infer it, and is not checked.
    pub(crate) fn expression(&mut self, id: ExprId, wanted: Option<&Type>) -> Type {
        let before = self.effects;
        let found = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.infer(id, wanted));
        let found = self.narrowed(id).unwrap_or(found);
        let found = match &self.tree[id].kind {
            ExprKind::List(_) | ExprKind::Record(_) | ExprKind::Lambda(_) | ExprKind::Call { .. } => {
                self.bounded(found)
            }
            _ => found,
        };
        if self.effects > before {
            self.out.effects.insert(id, true);
        }
        self.out.types.insert(id, found.clone());
        found
    }

    /// An expression whose value is wanted to be of a type: mistakes are told where they are, inside of literals
    /// and branches too.
    pub(crate) fn expression_for(&mut self, id: ExprId, wanted: &Type, place: &Place) -> Type {
        let tree = self.tree;
        match (&tree[id].kind, self.expand(&wanted.certain())) {
            (ExprKind::Record(entries), Type::Record { fields, open }) => {
                let found = self.record_for(id, entries, &fields, open, place);
                self.out.types.insert(id, found.clone());
                found
            }
            (ExprKind::List(elements), Type::List(of)) if elements.iter().all(|element| !element.spread) => {
                let before = self.effects;
                for element in elements {
                    self.expression_for(element.value, &of, &Place::Element);
                }
                if self.effects > before {
                    self.out.effects.insert(id, true);
                }
                let found = Type::List(of);
                self.out.types.insert(id, found.clone());
                found
            }
            (ExprKind::Record(entries), Type::Map(of)) => {
                let before = self.effects;
                self.map_for(entries, &of, place);
                if self.effects > before {
                    self.out.effects.insert(id, true);
                }
                let found = Type::Map(of);
                self.out.types.insert(id, found.clone());
                found
            }
            (ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_), _) => {
                let found = self.choice_for(id, wanted, place);
                if found == Type::Null && !self.fits(&Type::Null, wanted) {
                    let (span, wanted, place) = (tree[id].span, wanted.clone(), place.clone());
                    self.report(CheckError::TypeMismatch { span, found: Type::Null, wanted, place });
                }
                found
            }
            (ExprKind::Ternary { condition, then, otherwise, .. }, _) => {
                let before = self.effects;
                let uncertain = self.condition(*condition);
                let (holds, fails) = self.facts(*condition);
                let mark = self.scopes.push_facts(&holds);
                let then = self.expression_for(*then, wanted, place);
                self.scopes.pop_facts(mark);
                let mark = self.scopes.push_facts(&fails);
                let otherwise = self.expression_for(*otherwise, wanted, place);
                self.scopes.pop_facts(mark);
                if self.effects > before {
                    self.out.effects.insert(id, true);
                }
                let found = Type::uncertain_if(self.join(then, otherwise), uncertain);
                self.out.types.insert(id, found.clone());
                found
            }
            (ExprKind::Await(value), _) => {
                let before = self.effects;
                let found = self.expression_for(*value, wanted, place);
                if self.effects > before {
                    self.out.effects.insert(id, true);
                }
                self.out.types.insert(id, found.clone());
                found
            }
            _ => {
                let found = self.expression(id, Some(wanted));
                self.expect(id, &found, wanted, place);
                found
            }
        }
    }

    /// Reports when a value of type `found` may not stand where `wanted` is wanted.
    pub(crate) fn expect(&mut self, id: ExprId, found: &Type, wanted: &Type, place: &Place) {
        let span = self.tree[id].span;
        if self.fits(found, wanted) {
            if matches!(place, Place::Result) {
                self.expect_no_more(id, found, wanted, place);
            }
            return;
        }
        let certain = found.certain();
        let lacks_gates_only = found.is_uncertain() || matches!(found, Type::List(_));
        if lacks_gates_only && self.fits(&without_doubt(found), wanted) {
            let text = self.plain_text(id);
            let (found, wanted, place) = (found.clone(), wanted.clone(), place.clone());
            return self.report(CheckError::UngatedUse { span, found, wanted, place, text });
        }
        if let (Type::Literal(literal), Some(allowed)) = (&certain, self.literal_texts(wanted))
            && let Literal::String(text) = &**literal
        {
            let near =
                nearest(text, allowed.iter().map(|known| &**known)).map(|near| format!("\"{near}\"").into());
            let (found, wanted) = (format!("\"{text}\"").into(), self.expand(&wanted.certain()));
            return self.report(CheckError::UnknownLiteral { span, found, wanted, nearest: near });
        }
        if let (Type::Record { fields, .. }, Type::Record { fields: wanted_fields, .. }) =
            (self.expand(found), self.expand(wanted))
            && let Some(error) = self.field_error(id, &fields, &wanted_fields, place)
        {
            return self.report(error);
        }
        let (found, wanted, place) = (found.clone(), wanted.clone(), place.clone());
        self.report(CheckError::TypeMismatch { span, found, wanted, place });
    }

    /// What is wrong with the fields of a record that does not fit.
    fn field_error(
        &self,
        id: ExprId,
        fields: &[FieldOf],
        wanted: &[FieldOf],
        place: &Place,
    ) -> Option<CheckError> {
        let span = self.tree[id].span;
        for field in wanted {
            let inner = self.field_place(&field.name, place);
            let Some(known) = find_field(fields, &field.name) else {
                if field.optional {
                    continue;
                }
                let (name, wanted) = (field.name.clone(), field.value.clone());
                return Some(CheckError::MissingField { span, field: name, wanted, place: place.clone() });
            };
            if self.fits(&known.value, &field.value) {
                continue;
            }
            let (found, wanted) = (known.value.clone(), field.value.clone());
            if found.is_uncertain() && self.fits(&found.certain(), &wanted) {
                let text = self.plain_text(id).map(|text| format!("{text}.{}", field.name).into());
                return Some(CheckError::UngatedUse { span, found, wanted, place: inner, text });
            }
            return Some(CheckError::TypeMismatch { span, found, wanted, place: inner });
        }
        None
    }

    /// The pattern's output is a promise to its callers, so a record may not bring more than it says.
    fn expect_no_more(&mut self, id: ExprId, found: &Type, wanted: &Type, place: &Place) {
        if let (Type::Record { fields, .. }, Type::Record { fields: wanted, open: false }) =
            (self.expand(&found.certain()), self.expand(&wanted.certain()))
            && let Some(extra) = fields.iter().find(|field| find_field(&wanted, &field.name).is_none())
        {
            self.unknown_field(self.tree[id].span, &extra.name, &wanted, place);
        }
    }

    pub(crate) fn unknown_field(
        &mut self,
        span: prism_diagnostics::Span,
        field: &str,
        wanted: &[FieldOf],
        place: &Place,
    ) {
        let known: Vec<Box<str>> = wanted.iter().map(|field| field.name.clone()).collect();
        let near = nearest(field, known.iter().map(|name| &**name)).map(Into::into);
        let place = place.clone();
        self.report(CheckError::UnknownField { span, field: field.into(), nearest: near, known, place });
    }

    pub(crate) fn field_place(&self, field: &str, place: &Place) -> Place {
        match place {
            Place::Result => Place::Output { field: field.into() },
            _ => Place::Field { field: field.into() },
        }
    }

    /// The texts of a union of literal texts; none for other types.
    pub(crate) fn literal_texts(&self, of: &Type) -> Option<Vec<Box<str>>> {
        let mut texts = Vec::new();
        for member in self.expand(&of.certain()).members() {
            match self.expand(member) {
                Type::Literal(literal) => match &*literal {
                    Literal::String(text) => texts.push(text.clone()),
                    _ => return None,
                },
                Type::Null => {}
                Type::Union(_) => texts.extend(self.literal_texts(member)?),
                _ => return None,
            }
        }
        (!texts.is_empty()).then_some(texts)
    }

    /// The text of an expression that is a name or a chain of fields, for messages that quote it.
    pub(crate) fn plain_text(&self, id: ExprId) -> Option<Box<str>> {
        match &self.tree[id].kind {
            ExprKind::Name(name) => Some(name.text.clone()),
            ExprKind::Member { object, name } => {
                self.plain_text(*object).map(|object| format!("{object}.{}", name.text).into())
            }
            _ => None,
        }
    }

    fn infer(&mut self, id: ExprId, wanted: Option<&Type>) -> Type {
        let tree = self.tree;
        let span = tree[id].span;
        match &tree[id].kind {
            ExprKind::Error => Type::Error,
            ExprKind::Literal(Literal::Null) => Type::Null,
            ExprKind::Literal(literal) => Type::Literal(Arc::new(literal.clone())),
            ExprKind::Template(parts) => {
                let mut uncertain = false;
                for part in parts {
                    if let TemplatePart::Expression(value) = part {
                        uncertain |= self.expression(*value, None).holds_answers();
                    }
                }
                Type::uncertain_if(Type::String, uncertain)
            }
            ExprKind::Name(name) => self.name(id, name),
            ExprKind::List(elements) => self.list(elements, wanted),
            ExprKind::Record(entries) => self.record(entries),
            ExprKind::Lambda(lambda) => {
                let found = self.lambda(id, lambda, &[]);
                if self.out.is_effectful(id) {
                    self.report(CheckError::EffectOutsideBranch { span });
                }
                found
            }
            ExprKind::Member { object, name } => self.member(id, *object, name, false),
            ExprKind::OptionalMember { object, name } => self.member(id, *object, name, true),
            ExprKind::Index { object, index } => self.index(*object, *index),
            ExprKind::Call { callee, arguments } => self.call(id, *callee, arguments),
            ExprKind::Unary { operator, operand, .. } => self.unary(*operator, *operand),
            ExprKind::Binary { operator, operator_span, left, right, .. } => {
                self.binary(*operator, *operator_span, *left, *right)
            }
            ExprKind::Ternary { condition, then, otherwise, .. } => {
                let uncertain = self.condition(*condition);
                let (holds, fails) = self.facts(*condition);
                let mark = self.scopes.push_facts(&holds);
                let then = self.expression(*then, wanted);
                self.scopes.pop_facts(mark);
                let mark = self.scopes.push_facts(&fails);
                let otherwise = self.expression(*otherwise, wanted);
                self.scopes.pop_facts(mark);
                Type::uncertain_if(self.join(then, otherwise), uncertain)
            }
            ExprKind::Attach { value, confidence } => {
                let found = self.expression(*value, None);
                self.threshold(*confidence);
                Type::uncertain(found)
            }
            ExprKind::Gate { value, threshold, otherwise, .. } => self.gate(*value, *threshold, *otherwise),
            ExprKind::As { value, target } => {
                let found = self.expression(*value, None);
                let target = self.written(*target);
                let open = found.is_uncertain() || matches!(self.expand(&found), Type::Any | Type::Unknown);
                if !open && !self.fits(&found, &target) {
                    let (wanted, place) = (target.clone(), Place::Cast);
                    self.report(CheckError::TypeMismatch { span, found: found.clone(), wanted, place });
                }
                Type::uncertain_if(target, found.is_uncertain())
            }
            ExprKind::Assert(value) => {
                let found = self.expression(*value, None);
                if found.is_uncertain() || matches!(found, Type::Error | Type::Any) {
                    return found.certain();
                }
                if !self.admits_null(&found) {
                    self.report(CheckError::RedundantGate { span, found: found.clone() });
                }
                self.without_null(&found)
            }
            ExprKind::If { condition, then, otherwise } => {
                self.if_expression(*condition, then, otherwise.as_ref(), None)
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                self.uncertain_if(span, *subject, thresholds, bands, None)
            }
            ExprKind::Do(block) => self.block(block, None),
            // Calls wait for their results by themselves.
            ExprKind::Await(value) => self.expression(*value, wanted),
            // What holds one of these is not checked: see `survey.rs`.
            ExprKind::TildeMember { .. }
            | ExprKind::OptionalIndex { .. }
            | ExprKind::OptionalCall { .. }
            | ExprKind::New { .. }
            | ExprKind::Typeof(_)
            | ExprKind::Is { .. }
            | ExprKind::Instanceof { .. }
            | ExprKind::Surer { .. }
            | ExprKind::Pipe { .. }
            | ExprKind::Match(_) => Type::Error,
        }
    }

    fn list(&mut self, elements: &[Element], wanted: Option<&Type>) -> Type {
        let of = match wanted.map(|wanted| self.expand(&wanted.certain())) {
            Some(Type::List(of)) => Some(of),
            _ => None,
        };
        let mut joined = Type::Never;
        for element in elements {
            let found = self.expression(element.value, of.as_deref());
            let found = match (element.spread, self.expand(&found.certain())) {
                (false, _) => found,
                (true, Type::List(inner)) => Type::uncertain_if((*inner).clone(), found.is_uncertain()),
                (true, Type::Any | Type::Error) => Type::Any,
                (true, _) => {
                    let (span, wanted) = (self.tree[element.value].span, Type::list(Type::Any));
                    self.report(CheckError::TypeMismatch { span, found, wanted, place: Place::Element });
                    Type::Error
                }
            };
            joined = self.join(joined, found);
        }
        Type::list(joined)
    }

    fn name(&mut self, id: ExprId, name: &Name) -> Type {
        if let Some(local) = self.scopes.find(&name.text) {
            self.mark_used(local);
            self.out.resolutions.insert(id, Resolution::Local(local));
            return self.local_type(local);
        }
        if self.is_outside_default(&name.text) {
            return self.not_yet(NotYet::ParameterDefault, name.span);
        }
        if &*name.text == "input"
            && let Some(input) = self.body.input.clone()
        {
            self.out.resolutions.insert(id, Resolution::Input);
            return input;
        }
        if let Some(constant) = self.constants.get(&name.text) {
            self.out.resolutions.insert(id, Resolution::Constant(constant.value));
            return self.constant_type(&name.text);
        }
        if self.functions.contains_key(&name.text) {
            self.out.resolutions.insert(id, Resolution::Function(name.text.clone()));
            // Checking the function looks at other calls, which say for themselves what is run.
            let is_run = self.runs == Some(id);
            if !self.ensure_function(&name.text, Some(name.span)) {
                return Type::Error;
            }
            let effectful = self.out.functions.get(&name.text).is_some_and(|function| function.effectful);
            if effectful && !is_run {
                self.report(CheckError::EffectOutsideBranch { span: name.span });
            }
            return self.out.functions.get(&name.text).map_or(Type::Error, |function| {
                let parameters: Vec<_> = function.parameters.iter().map(ParameterInfo::taken).collect();
                Type::Function { parameters: parameters.into(), result: Arc::new(function.result.clone()) }
            });
        }
        if self.contract_names.contains(&name.text) {
            self.out.resolutions.insert(id, Resolution::Contract(name.text.clone()));
            if self.runs != Some(id) {
                self.report(CheckError::NotAValue { span: name.span, name: name.text.clone() });
                return Type::Error;
            }
            return Type::Contract(Arc::from(&*name.text));
        }
        if let Some(primitive) = PrimitiveId::from_name(&name.text) {
            self.out.resolutions.insert(id, Resolution::Primitive(primitive));
            if self.runs != Some(id) {
                self.report(CheckError::NotAValue { span: name.span, name: name.text.clone() });
            }
            return Type::Error;
        }
        if let Some(builtin) = BuiltinId::from_spelling(&name.text).filter(|builtin| !builtin.is_method()) {
            self.out.resolutions.insert(id, Resolution::Builtin(builtin));
            return crate::builtin::free_type(builtin);
        }
        if let Some(error) = self.declared_later(name) {
            self.report(error);
            return Type::Error;
        }
        if let Some(row) = free_name(&name.text).filter(|_| !self.broken) {
            return self.not_yet(NotYet::Name(row), name.span);
        }
        let near = self.similar_name(&name.text);
        self.suggestions = self.suggestions.saturating_sub(1);
        self.report_unknown(CheckError::UnknownName {
            span: name.span,
            name: name.text.clone(),
            nearest: near,
        });
        Type::Error
    }

    /// A visible name that a misspelt one probably means.
    fn similar_name(&self, name: &str) -> Option<Box<str>> {
        if self.suggestions == 0 {
            return None;
        }
        let known = self
            .scopes
            .names()
            .chain(self.functions.keys().map(|name| &**name))
            .chain(self.constants.keys().map(|name| &**name))
            .chain(self.contract_names.iter().map(|name| &**name))
            .chain(PrimitiveId::ALL.iter().map(|primitive| primitive.name()))
            .chain(self.body.input.iter().map(|_| "input"));
        nearest(name, known).map(Into::into)
    }

    /// Why a name that a statement further down declares cannot be used here.
    fn declared_later(&self, name: &Name) -> Option<CheckError> {
        let span = name.span;
        for (statements, current) in self.later.iter().rev() {
            for (position, id) in statements.iter().enumerate().skip(*current) {
                match &self.tree[*id].kind {
                    StatementKind::Let { target: Target::Name(declared), .. }
                        if declared.text == name.text =>
                    {
                        let (name, declared) = (name.text.clone(), declared.span);
                        return Some(CheckError::UseBeforeDeclaration { span, name, declared });
                    }
                    StatementKind::Function(function) if function.name.text == name.text => {
                        let (function, declared) = (name.text.clone(), function.name.span);
                        return Some(if position == *current {
                            CheckError::RecursiveCall { span, function }
                        } else {
                            CheckError::UseBeforeDeclaration { span, name: function, declared }
                        });
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// A confidence: a number in [0, 1].
    pub(crate) fn threshold(&mut self, id: ExprId) -> Option<f64> {
        let found = self.expression(id, Some(&Type::Confidence));
        if let Some(number) = self.constant_number(id) {
            if !(0.0..=1.0).contains(&number) {
                self.report(CheckError::ThresholdRange { span: self.tree[id].span, found: number });
            }
            return Some(number);
        }
        self.expect(id, &found, &Type::Number, &Place::Threshold);
        None
    }

    /// The number that an expression spells out.
    pub(crate) fn constant_number(&self, id: ExprId) -> Option<f64> {
        match &self.tree[id].kind {
            ExprKind::Literal(Literal::Number(number)) => Some(*number),
            ExprKind::Unary { operator: UnaryOperator::Negate, operand, .. } => {
                self.constant_number(*operand).map(|number| -number)
            }
            ExprKind::Name(_) => match self.out.resolutions.get(&id) {
                Some(Resolution::Constant(value)) => self.constant_number(*value),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The type without any uncertainty around it or the elements of its lists.
fn without_doubt(of: &Type) -> Type {
    match of.certain() {
        Type::List(of) => Type::list(without_doubt(&of)),
        other => other,
    }
}
