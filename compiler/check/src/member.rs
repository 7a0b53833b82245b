//! `o.name`, `o[i]`, and calls.

use std::sync::Arc;

use prism_catalog::BuiltinId;
use prism_syntax::ast::{Argument, ArgumentValue, ExprId, ExprKind, Literal, Name};

use crate::arguments::ParameterSpec;
use crate::checked::{BoundCall, MemberKind, Resolution};
use crate::checker::Checker;
use crate::error::Place;
use crate::relation::find_field;
use crate::{CheckError, NotYet, Owner, Type, nearest};

/// What every agent tells of itself.
const AGENT_FIELDS: &[&str] = &["id", "name", "capabilities", "expertise"];

impl Checker<'_> {
    pub(crate) fn member(&mut self, id: ExprId, object: ExprId, name: &Name, optional: bool) -> Type {
        let found = self.expression(object, None);
        let (certain, uncertain) = found.split();
        let (certain, null) =
            match (optional, self.admits_null(&certain) && !matches!(certain, Type::Any | Type::Error)) {
                (true, true) => (self.without_null(&certain), true),
                _ => (certain, false),
            };
        let expanded = self.expand(&certain);
        if let Some(member) = self.field_of(&expanded, &name.text) {
            let member = if null { Type::optional(member) } else { member };
            return Type::uncertain_if(member, uncertain);
        }
        if let Some(builtin) = BuiltinId::from_spelling(&name.text).filter(|builtin| builtin.is_property())
            && self.has_length(&expanded)
        {
            self.out.members.insert(id, MemberKind::Property(builtin));
            return Type::uncertain_if(Type::Integer, uncertain);
        }
        if uncertain && &*name.text == "confidence" {
            self.out.members.insert(id, MemberKind::AnswerConfidence);
            return Type::Confidence;
        }
        if uncertain && &*name.text == "value" {
            self.out.members.insert(id, MemberKind::AnswerValue);
            return found;
        }
        if let Some(later) = Self::later_field(&expanded, uncertain, &name.text) {
            return self.not_yet(later, name.span);
        }
        if self.report_null(object, &expanded, name) {
            return Type::Error;
        }
        if self.is_method(&expanded, &name.text) {
            let (span, name) = (name.span, name.text.clone());
            self.report(CheckError::MethodNotCalled { span, object: found, name });
            return Type::Error;
        }
        let mut known = self.members_of(&expanded);
        if uncertain {
            known.push("confidence".into());
        }
        self.unknown_member(name, found, known)
    }

    /// Whether a value of an expanded type has a method of this name.
    fn is_method(&self, of: &Type, name: &str) -> bool {
        match of {
            Type::Agent(contract) => {
                let known = contract.as_ref().and_then(|contract| self.out.contracts.get(contract.as_ref()));
                name == "analyze"
                    || Owner::Agent.method(name).is_some()
                    || known.is_some_and(|known| known.methods.iter().any(|method| *method.name == *name))
            }
            other => {
                self.later_method(other, name).is_some()
                    || BuiltinId::from_spelling(name).is_some_and(|builtin| {
                        crate::builtin_names(other).iter().any(|known| **known == *builtin.name())
                    })
            }
        }
    }

    /// A method that values of an expanded type have, and that is not checked yet.
    fn later_method(&self, of: &Type, name: &str) -> Option<NotYet> {
        let owner = match of.widened() {
            Type::List(_) => Owner::List,
            Type::Record { .. } | Type::Map(_) => Owner::Record,
            Type::Agent(_) => Owner::Agent,
            _ if self.has_length(of) => Owner::Text,
            _ => return None,
        };
        owner.method(name).map(|name| NotYet::Method { owner, name })
    }

    /// A field that values of an expanded type have by themselves, and that is not checked yet.
    fn later_field(of: &Type, uncertain: bool, name: &str) -> Option<NotYet> {
        let of_agent = || matches!(of, Type::Agent(_)).then_some(Owner::Agent);
        let of_answer = || uncertain.then_some(Owner::Answer);
        [of_agent(), of_answer()]
            .into_iter()
            .flatten()
            .find_map(|owner| owner.field(name).map(|name| NotYet::Field { owner, name }))
    }

    /// Whether an expanded type is one of lists or texts.
    fn has_length(&self, of: &Type) -> bool {
        matches!(of.widened(), Type::List(_) | Type::String)
            || !self.admits_null(of) && self.literal_texts(of).is_some()
    }

    /// Reports when a member is looked for in something that would have one, were it not for null.
    fn report_null(&mut self, object: ExprId, of: &Type, name: &Name) -> bool {
        if !matches!(of, Type::Union(_)) || !self.admits_null(of) {
            return false;
        }
        let (span, text) = (self.tree[object].span, self.plain_text(object));
        let text = text.or_else(|| self.indexed_text(object));
        let (object, name) = (of.clone(), name.text.clone());
        self.report(CheckError::MaybeNull { span, object, name, text });
        true
    }

    /// The text of `name[0]`.
    fn indexed_text(&self, id: ExprId) -> Option<Box<str>> {
        let ExprKind::Index { object, index } = &self.tree[id].kind else { return None };
        let position = self.constant_number(*index)?;
        Some(format!("{}[{position}]", self.plain_text(*object)?).into())
    }

    fn unknown_member(&mut self, name: &Name, object: Type, known: Vec<Box<str>>) -> Type {
        let near = nearest(&name.text, known.iter().map(|known| &**known)).map(Into::into);
        let (span, name) = (name.span, name.text.clone());
        self.report(CheckError::UnknownMember { span, object, name, nearest: near, known });
        Type::Error
    }

    /// The type of a field of an expanded type, if it has that field.
    fn field_of(&self, of: &Type, name: &str) -> Option<Type> {
        match of {
            Type::Any | Type::Error | Type::Never => Some(of.clone()),
            Type::Record { fields, open } => match find_field(fields, name) {
                Some(field) if field.optional => Some(Type::optional(field.value.clone())),
                Some(field) => Some(field.value.clone()),
                None => open.then_some(Type::Any),
            },
            Type::Map(value) => Some(Type::optional((**value).clone())),
            Type::Agent(_) => match name {
                "id" | "name" => Some(Type::String),
                "capabilities" => Some(Type::list(Type::String)),
                "expertise" => Some(Type::optional(Type::Confidence)),
                _ => None,
            },
            Type::Union(members) => {
                let mut joined = Type::Never;
                for member in members.iter() {
                    joined = self.join(joined, self.field_of(&self.expand(member), name)?);
                }
                Some(joined)
            }
            _ => None,
        }
    }

    fn members_of(&self, of: &Type) -> Vec<Box<str>> {
        match of {
            Type::Record { fields, .. } => fields.iter().map(|field| field.name.clone()).collect(),
            Type::Agent(contract) => {
                let mut known: Vec<Box<str>> = AGENT_FIELDS.iter().map(|name| Box::from(*name)).collect();
                known.push("analyze".into());
                let contract = contract.as_ref().and_then(|name| self.out.contracts.get(name.as_ref()));
                known.extend(
                    contract.iter().flat_map(|known| known.methods.iter().map(|method| method.name.clone())),
                );
                known
            }
            Type::List(_) | Type::String | Type::Literal(_) => vec!["length".into()],
            _ => Vec::new(),
        }
    }

    pub(crate) fn index(&mut self, object: ExprId, index: ExprId) -> Type {
        let found = self.expression(object, None);
        let position = self.expression(index, None);
        let (certain, uncertain) = found.split();
        let uncertain = uncertain || position.is_uncertain();
        let member = match self.expand(&certain) {
            Type::List(of) => {
                self.expect(index, &position.certain(), &Type::Integer, &Place::Index);
                Type::optional((*of).clone())
            }
            Type::Map(of) => Type::optional((*of).clone()),
            Type::String => Type::optional(Type::String),
            Type::Record { fields, open: false } => match self.literal(index) {
                Some(Literal::String(key)) => match find_field(&fields, key) {
                    Some(field) if field.optional => Type::optional(field.value.clone()),
                    Some(field) => field.value.clone(),
                    None => Type::Null,
                },
                _ => fields.iter().fold(Type::Null, |joined, field| self.join(joined, field.value.clone())),
            },
            Type::Record { .. } | Type::Any => Type::Any,
            Type::Error | Type::Never => Type::Error,
            _ => {
                let span = self.tree[object].span;
                self.report(CheckError::InvalidOperand { span, operator: "[…]", found, other: None });
                Type::Error
            }
        };
        Type::uncertain_if(member, uncertain)
    }

    pub(crate) fn call(&mut self, id: ExprId, callee: ExprId, arguments: &[Argument]) -> Type {
        let tree = self.tree;
        match &tree[callee].kind {
            ExprKind::Member { object, name } => self.method_call(id, callee, *object, name, arguments),
            ExprKind::Name(name) => {
                self.runs = Some(callee);
                let found = self.expression(callee, None);
                match self.out.resolutions.get(&callee).cloned() {
                    Some(Resolution::Primitive(primitive)) => {
                        self.primitive(id, callee, primitive, arguments)
                    }
                    Some(Resolution::Builtin(builtin)) => self.builtin(id, builtin, None, arguments, name),
                    Some(Resolution::Function(function)) => self.function_call(id, &function, arguments),
                    _ => self.value_call(id, callee, found, arguments),
                }
            }
            ExprKind::OptionalMember { object, name } => {
                self.optional_call(id, callee, *object, name, arguments)
            }
            _ => {
                let found = self.expression(callee, None);
                self.value_call(id, callee, found, arguments)
            }
        }
    }

    /// `a?.f()`: only for fields that are functions.
    fn optional_call(
        &mut self,
        id: ExprId,
        callee: ExprId,
        object: ExprId,
        name: &Name,
        arguments: &[Argument],
    ) -> Type {
        let found = self.expression(object, None);
        let there = self.expand(&self.without_null(&found.certain()));
        if self.is_method(&there, &name.text) {
            self.loose_arguments("", arguments);
            return self.not_yet(NotYet::OptionalMethod, self.tree[callee].span);
        }
        let found = self.expression(callee, None);
        self.value_call(id, callee, found, arguments)
    }

    fn function_call(&mut self, id: ExprId, function: &str, arguments: &[Argument]) -> Type {
        let Some(known) = self.out.functions.get(function) else {
            self.loose_arguments("", arguments);
            return Type::Error;
        };
        let parameters: Vec<_> = known.parameters.iter().map(ParameterSpec::from).collect();
        let (result, effectful) = (known.result.clone(), known.effectful);
        let bound = self.bind(id, function, &parameters, arguments);
        let lifts = self.check_bound(function, &parameters, &bound);
        if effectful {
            self.effects += 1;
        }
        let call = BoundCall::Function { function: function.into(), arguments: bound };
        self.out.calls.insert(id, call);
        Type::uncertain_if(result, lifts)
    }

    fn value_call(&mut self, id: ExprId, callee: ExprId, found: Type, arguments: &[Argument]) -> Type {
        let name = self.plain_text(callee).unwrap_or_else(|| "this function".into());
        match self.expand(&found.certain()) {
            Type::Function { parameters, result } => {
                let given = self.loose_arguments(&name, arguments);
                let mut lifts = found.is_uncertain();
                for (position, (value, wanted)) in given.iter().zip(parameters.iter()).enumerate() {
                    let found = self.out.type_of(*value).clone();
                    let argument = (position + 1).to_string().into();
                    let place = Place::Argument { callee: name.clone(), name: argument };
                    if wanted.is_uncertain() || *wanted == Type::Any {
                        self.expect(*value, &found, wanted, &place);
                    } else {
                        lifts |= self.lifted(*value, &found, wanted, &place);
                    }
                }
                self.count_loose(callee, &name, &parameters, arguments);
                self.out.calls.insert(id, BoundCall::Value { callee, arguments: given });
                Type::uncertain_if((*result).clone(), lifts)
            }
            Type::Any => {
                let given = self.loose_arguments(&name, arguments);
                self.out.calls.insert(id, BoundCall::Value { callee, arguments: given });
                Type::Any
            }
            Type::Error | Type::Never => {
                self.loose_arguments("", arguments);
                Type::Error
            }
            _ => {
                self.loose_arguments("", arguments);
                self.report(CheckError::NotCallable { span: self.tree[callee].span, found });
                Type::Error
            }
        }
    }

    /// Reports too few and too many arguments of a function value; those that may be null may be left out.
    fn count_loose(&mut self, callee: ExprId, name: &str, parameters: &[Type], arguments: &[Argument]) {
        if let Some(extra) = arguments.get(parameters.len()) {
            let (accepted, given) = (parameters.len(), arguments.len());
            let (span, callee) = (extra.span, name.into());
            return self.report(CheckError::TooManyArguments { span, callee, accepted, given });
        }
        let missing = parameters.iter().enumerate().skip(arguments.len());
        let missing =
            missing.filter(|(_, wanted)| !self.admits_null(wanted)).map(|(position, _)| position).next();
        if let Some((position, wanted)) = missing.and_then(|at| Some((at, parameters.get(at)?))) {
            let (span, wanted) = (self.tree[callee].span, wanted.to_string().into());
            let name_of = (position + 1).to_string().into();
            self.report(CheckError::MissingArgument { span, callee: name.into(), name: name_of, wanted });
        }
    }

    /// Arguments of something whose parameters have no names; without a callee nothing is told of their form.
    fn loose_arguments(&mut self, callee: &str, arguments: &[Argument]) -> Vec<ExprId> {
        let mut given = Vec::with_capacity(arguments.len());
        for argument in arguments {
            if let Some(name) = argument.name.as_ref().filter(|_| !callee.is_empty()) {
                let (span, name) = (name.span, name.text.clone());
                self.report(CheckError::NamedArgument { span, callee: callee.into(), name });
            }
            match &argument.value {
                ArgumentValue::Expression(value) => {
                    self.expression(*value, None);
                    given.push(*value);
                }
                // A call with one of these is not checked: see `parts.rs`.
                ArgumentValue::Spread(_) => {}
            }
        }
        given
    }

    fn method_call(
        &mut self,
        id: ExprId,
        callee: ExprId,
        object: ExprId,
        name: &Name,
        arguments: &[Argument],
    ) -> Type {
        let found = self.expression(object, None);
        let expanded = self.expand(&found.certain());
        if let Type::Agent(contract) = &expanded {
            return self.agent_call(id, object, contract.clone(), name, arguments);
        }
        // What a map holds under a key may be missing, hence cannot be called: a method's name is that of the method.
        let of_map = matches!(expanded, Type::Map(_)) && self.is_method(&expanded, &name.text);
        let field = self.field_of(&expanded, &name.text).filter(|field| *field != Type::Any && !of_map);
        if let Some(field) = field {
            let field = Type::uncertain_if(field, found.is_uncertain());
            self.out.types.insert(callee, field.clone());
            return self.value_call(id, callee, field, arguments);
        }
        if &*name.text == "analyze" && expanded == Type::Any {
            return self.agent_call(id, object, None, name, arguments);
        }
        if self.report_null(object, &expanded, name) {
            self.loose_arguments("", arguments);
            return Type::Error;
        }
        let builtin = BuiltinId::from_spelling(&name.text).filter(|builtin| builtin.is_method());
        if let Some(property) = builtin.filter(|builtin| builtin.is_property())
            && self.has_length(&expanded)
        {
            self.out.members.insert(callee, MemberKind::Property(property));
            let length = Type::uncertain_if(Type::Integer, found.is_uncertain());
            self.out.types.insert(callee, length.clone());
            return self.value_call(id, callee, length, arguments);
        }
        let builtin = builtin.filter(|builtin| !builtin.is_property());
        match (builtin, &expanded) {
            (_, Type::Error | Type::Never) => {
                self.loose_arguments("", arguments);
                Type::Error
            }
            (Some(builtin), _) => self.builtin(id, builtin, Some((object, found)), arguments, name),
            (None, Type::Any) => {
                let given = self.loose_arguments(&name.text, arguments);
                self.out.types.insert(callee, Type::Any);
                self.out.calls.insert(id, BoundCall::Value { callee, arguments: given });
                Type::Any
            }
            (None, _) => {
                self.loose_arguments("", arguments);
                if let Some(later) = self.later_method(&expanded, &name.text) {
                    return self.not_yet(later, name.span);
                }
                let mut known = self.members_of(&expanded);
                known.extend(crate::builtin_names(&expanded));
                self.unknown_member(name, found, known)
            }
        }
    }

    fn agent_call(
        &mut self,
        id: ExprId,
        agent: ExprId,
        contract: Option<Arc<str>>,
        name: &Name,
        arguments: &[Argument],
    ) -> Type {
        self.effects += 1;
        let known = contract.as_ref().and_then(|contract| self.out.contracts.get(contract.as_ref()));
        let method = known.and_then(|known| known.methods.iter().find(|method| method.name == name.text));
        if let (Some(contract), Some(method)) = (&contract, method) {
            let parameters: Vec<_> = method.parameters.iter().map(ParameterSpec::from).collect();
            let result = method.result.clone();
            let bound = self.bind(id, &name.text, &parameters, arguments);
            let lifts = self.check_bound(&name.text, &parameters, &bound);
            let call = BoundCall::Method {
                agent,
                contract: (**contract).into(),
                method: name.text.clone(),
                arguments: bound,
            };
            self.out.calls.insert(id, call);
            return Type::uncertain_if(result, lifts);
        }
        if &*name.text == "analyze" {
            let parameters = [
                ParameterSpec::new("task", Type::String, true),
                ParameterSpec::new("data", Type::Any, false),
                ParameterSpec::new("timeout", Type::Duration, false).named(),
                ParameterSpec::new("context", Type::Any, false).named(),
            ];
            let bound = self.bind(id, "analyze", &parameters, arguments);
            self.check_bound("analyze", &parameters, &bound);
            let mut bound = bound.into_iter();
            let arguments = std::array::from_fn(|_| bound.next().flatten());
            self.out.calls.insert(id, BoundCall::Analyze { agent, arguments });
            return Type::uncertain(Type::Any);
        }
        let mut names: Vec<Box<str>> = vec!["analyze".into()];
        names.extend(known.iter().flat_map(|known| known.methods.iter().map(|method| method.name.clone())));
        self.loose_arguments("", arguments);
        let object = Type::Agent(contract);
        if let Some(later) = self.later_method(&object, &name.text) {
            return self.not_yet(later, name.span);
        }
        self.unknown_member(name, object, names)
    }
}
