//! From facts to words. One arm per fact; nothing here decides anything.

use prism_catalog::{DiagnosticCode as Code, DiagnosticLevel};
use prism_diagnostics::{Applicability, Diagnostic, Level, Span};

use crate::error::Place;
use crate::{CheckError, Type};

impl CheckError {
    /// The row of the catalog.
    pub fn code(&self) -> Code {
        match self {
            Self::UnknownName { .. } => Code::UnknownName,
            Self::DuplicateName { .. } => Code::DuplicateName,
            Self::UnknownType { .. } | Self::UnknownContract { .. } => Code::UnknownType,
            Self::UnknownMember { .. } => Code::UnknownMember,
            Self::MaybeNull { .. } => Code::MaybeNull,
            Self::UnknownContractKey { .. } => Code::UnknownContractKey,
            Self::UnknownBudgetKey { .. } => Code::UnknownBudgetKey,
            Self::UnknownConstraint { .. } => Code::UnknownConstraint,
            Self::RecursiveType { .. } => Code::RecursiveType,
            Self::OutsidePattern { .. } => Code::OutsidePattern,
            Self::UseBeforeDeclaration { .. } => Code::UseBeforeDeclaration,
            Self::TypeMismatch { .. } => Code::TypeMismatch,
            Self::UnknownLiteral { .. } | Self::UnknownMode { .. } => Code::UnknownLiteral,
            Self::UnknownArgument { .. } | Self::UnknownThreshold { .. } => Code::UnknownArgument,
            Self::MissingArgument { .. } => Code::MissingArgument,
            Self::TooManyArguments { .. } => Code::TooManyArguments,
            Self::DuplicateArgument { .. } => Code::DuplicateArgument,
            Self::NotYetChecked { .. } => Code::NotYetChecked,
            Self::NoEffect { .. } => Code::NoEffect,
            Self::NotCallable { .. } => Code::NotCallable,
            Self::MissingField { .. } => Code::MissingField,
            Self::UnknownField { .. } => Code::UnknownField,
            Self::InvalidOperand { .. } => Code::InvalidOperand,
            Self::MissingReturn { .. } | Self::MissingResult { .. } => Code::MissingReturn,
            Self::InvalidContractValue { .. } | Self::InvalidConstraint { .. } => Code::InvalidContractValue,
            Self::InvalidBudget { .. } => Code::InvalidBudget,
            Self::MissingBlock { .. } => Code::MissingBlock,
            Self::EffectInFunction { .. } | Self::EffectInNested { .. } => Code::EffectInFunction,
            Self::EffectOutsideBranch { .. } => Code::EffectOutsideBranch,
            Self::RecursiveCall { .. } => Code::RecursiveCall,
            Self::UngatedUse { .. } => Code::UngatedUse,
            Self::UncertainCondition { .. } => Code::UncertainCondition,
            Self::ThresholdRange { .. } => Code::ThresholdRange,
            Self::BandOrder { .. } => Code::BandOrder,
            Self::MissingBand { .. } => Code::MissingBand,
            Self::DuplicateBand { .. } => Code::DuplicateBand,
            Self::RedundantGate { .. } => Code::RedundantGate,
            Self::CertainBands { .. } => Code::CertainBands,
            Self::UnboundedSelect { .. } => Code::UnboundedSelect,
            Self::UnusedVariable { .. } => Code::UnusedVariable,
            Self::EmptyRange { .. } => Code::EmptyRange,
            Self::TypeTooDeep { .. } => Code::TooDeep,
            Self::ReservedType { .. } => Code::DuplicateName,
            Self::NotAValue { .. } => Code::TypeMismatch,
            Self::MethodNotCalled { .. } => Code::UnknownMember,
            Self::NamedArgument { .. } => Code::UnknownArgument,
        }
    }

    /// The fact in words.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = self.code();
        let level = match code.level() {
            DiagnosticLevel::Error => Level::Error,
            DiagnosticLevel::Warning => Level::Warning,
            DiagnosticLevel::Hint => Level::Hint,
        };
        let say = |message: String| Diagnostic::new(code.code(), code.slug(), level, message, self.span());
        match self {
            Self::UnknownName { span, name, nearest } => suggest(
                say(format!("`{name}` is not declared")).with_label("not declared here or further out"),
                *span,
                nearest,
            ),
            Self::DuplicateName { name, first, .. } => say(format!("`{name}` is declared twice"))
                .with_label("declared again here")
                .with_related(*first, "first declared here")
                .with_help("rename one of them"),
            Self::UnknownType { span, name, nearest } => {
                suggest(say(format!("there is no type `{name}`")).with_label("no such type"), *span, nearest)
            }
            Self::UnknownContract { span, name, nearest } => suggest(
                say(format!("there is no agent contract `{name}`")).with_label("no such contract"),
                *span,
                nearest,
            ),
            Self::UnknownMember { span, object, name, nearest, known } => {
                let told = say(format!("`{object}` has no `{name}`"))
                    .with_label(format!("not a part of `{object}`"));
                let told = suggest(told, *span, nearest);
                if nearest.is_none() && !known.is_empty() {
                    told.with_help(format!("it has {}", list(known)))
                } else {
                    told
                }
            }
            Self::MaybeNull { object, name, text, .. } => {
                let value = text.as_deref().unwrap_or("this value");
                say(format!("`{value}` may be null, and null has no `{name}`"))
                    .with_label(format!("`{object}`"))
                    .with_help(format!("check it first: `if {value} != null {{ … }}`"))
                    .with_help(format!("or say that it is there: `{value}!.{name}` fails where it is null"))
            }
            Self::UnknownContractKey { span, name, nearest } => suggest(
                say(format!("agent contracts have no key `{name}`")).with_label("not a key of a contract"),
                *span,
                nearest,
            ),
            Self::UnknownBudgetKey { span, name, nearest } => suggest(
                say(format!("budgets have no limit `{name}`")).with_label("not a limit"),
                *span,
                nearest,
            )
            .with_help("the limits are `calls`, `cost` and `time`"),
            Self::UnknownConstraint { span, name, nearest } => suggest(
                say(format!("fields have no constraint `{name}`")).with_label("not a constraint"),
                *span,
                nearest,
            ),
            Self::RecursiveType { name, .. } => say(format!("type `{name}` consists of nothing but itself"))
                .with_label("never reaches a real type")
                .with_help("put the recursion into a field of a record or into a list"),
            Self::OutsidePattern { .. } => say("this statement stands outside of every pattern".to_owned())
                .with_label("only declarations and constants may stand here")
                .with_help("move it into a `pattern name { … }` block"),
            Self::UseBeforeDeclaration { name, declared, .. } => {
                say(format!("`{name}` is used before it has a value"))
                    .with_label("used here")
                    .with_related(*declared, "declared here")
            }
            Self::TypeMismatch { found, wanted, place, .. } => {
                let told = say(format!("{} wants `{wanted}`, but this is `{found}`", describe(place)))
                    .with_label(format!("`{found}`"));
                if may_be_null(found) && !may_be_null(wanted) { with_null_help(told) } else { told }
            }
            Self::UnknownLiteral { span, found, wanted, nearest } => suggest(
                say(format!("{found} is none of `{wanted}`")).with_label("not one of the allowed values"),
                *span,
                nearest,
            ),
            Self::UnknownMode { span, name, nearest } => suggest(
                say(format!("there is no confidence mode `{name}`")).with_label("no such mode"),
                *span,
                nearest,
            )
            .with_help("the modes are `frank`, `independent`, `min`, `worst` and `bounds`"),
            Self::UnknownArgument { span, callee, name, nearest, known } => {
                let told = say(format!("{} has no argument `{name}`", called(callee)))
                    .with_label("no such argument");
                let told = suggest(told, *span, nearest);
                if nearest.is_none() && !known.is_empty() {
                    told.with_help(format!("it takes {}", list(known)))
                } else {
                    told
                }
            }
            Self::UnknownThreshold { name, .. } => say(format!("`uncertain if` has no threshold `{name}`"))
                .with_label("no such threshold")
                .with_help("the thresholds are `high` and `medium`"),
            Self::MissingArgument { callee, name, wanted, .. } => {
                say(format!("{} needs the argument `{name}`", called(callee)))
                    .with_label(format!("`{name}: {wanted}` is missing"))
            }
            Self::TooManyArguments { callee, accepted, given, .. } => say(format!(
                "{} takes {}, but {given} are given",
                called(callee),
                count(*accepted, "argument")
            ))
            .with_label("one too many"),
            Self::DuplicateArgument { callee, name, .. } => {
                say(format!("{} is given the argument `{name}` twice", called(callee)))
                    .with_label("given again here")
            }
            Self::NotCallable { found, .. } => {
                say(format!("`{found}` cannot be called")).with_label("not a function")
            }
            Self::MissingField { field, wanted, place, .. } => {
                say(format!("{} wants the field `{field}`", describe(place)))
                    .with_label(format!("`{field}: {wanted}` is missing"))
            }
            Self::UnknownField { span, field, nearest, known, place } => {
                let told =
                    say(format!("{} has no field `{field}`", describe(place))).with_label("no such field");
                let told = suggest(told, *span, nearest);
                if nearest.is_none() && !known.is_empty() {
                    told.with_help(format!("it has {}", list(known)))
                } else {
                    told
                }
            }
            Self::InvalidOperand { operator, found, other, .. } => match other {
                Some(other) => {
                    let told = say(format!("`{operator}` does not work on `{found}` and `{other}`"))
                        .with_label(format!("`{found}` {operator} `{other}`"));
                    if may_be_null(found) || may_be_null(other) { with_null_help(told) } else { told }
                }
                None => {
                    say(format!("`{operator}` does not work on `{found}`")).with_label(format!("`{found}`"))
                }
            },
            Self::MissingReturn { pattern, wanted, .. } => {
                say(format!("pattern `{pattern}` can end without giving its output"))
                    .with_label("the end can be reached from here")
                    .with_help(format!("end with `return …` of `{wanted}`, or with `fail(\"why\")`"))
            }
            Self::MissingResult { function, wanted, .. } => {
                say(format!("function `{function}` can end without a result"))
                    .with_label("the end can be reached from here")
                    .with_help(format!("end with `return …` of `{wanted}`"))
            }
            Self::InvalidContractValue { key, wanted, .. }
            | Self::InvalidConstraint { name: key, wanted, .. } => {
                say(format!("`{key}` wants {wanted}")).with_label(format!("not {wanted}"))
            }
            Self::InvalidBudget { key, wanted, .. } => {
                say(format!("the limit `{key}` wants {wanted}")).with_label(format!("not {wanted}"))
            }
            Self::MissingBlock { primitive, example, .. } => {
                say(format!("`{primitive}` needs a block that says what to do with each item"))
                    .with_label("no block follows")
                    .with_help(format!("write `{example}`"))
            }
            Self::EffectInFunction { place, .. } => say(format!("{place} must not call agents"))
                .with_label("an agent would be asked here")
                .with_help("ask the agents before, and use their answers here"),
            Self::EffectInNested { name, .. } => {
                say(format!("`{name}` calls agents, so it cannot stand inside another function"))
                    .with_label("declared inside another function")
                    .with_help("move it to the top level of the file")
            }
            Self::EffectOutsideBranch { .. } => say(
                "this function calls agents, but nothing here can run it".to_owned(),
            )
            .with_label("calls agents")
            .with_help(
                "write it as the block of `parallel` or `ask_until`, or as a function at the top level",
            ),
            Self::RecursiveCall { function, .. } => say(format!("function `{function}` calls itself"))
                .with_label("this leads back to it")
                .with_help(
                    "how often it would run cannot be told before it runs; write it without recursion",
                ),
            Self::UngatedUse { found, wanted, place, text, .. } => {
                ungated(say, found, wanted, place, text.as_deref())
            }
            Self::UncertainCondition { found, .. } => say(format!(
                "this condition may be wrong: it is `{found}`"
            ))
            .with_label("an agent's answer decides here")
            .with_help(
                "gate it: `condition ~@> 0.8`, which is null, and so false, when the answer is less sure",
            )
            .with_help("or decide by how sure it is: `uncertain if condition { high { … } low { … } }`"),
            Self::ThresholdRange { found, .. } => {
                say(format!("a confidence lies between 0 and 1, and this is {found}"))
                    .with_label("out of range")
            }
            Self::BandOrder { high, medium, .. } => {
                say(format!("`high` ({high}) must not be below `medium` ({medium})"))
                    .with_label("out of order")
            }
            Self::MissingBand { bands, .. } => {
                let names: Vec<_> = bands.iter().map(|band| format!("`{band}`")).collect();
                say(format!("nothing happens when the confidence is {}", names.join(" or ")))
                    .with_label("not all bands are taken")
                    .with_help("add the bands that are missing, or `default { … }`")
            }
            Self::DuplicateBand { band, first, .. } => say(format!("the band `{band}` is given twice"))
                .with_label("given again here")
                .with_related(*first, "first given here"),
            Self::RedundantGate { found, .. } if found.holds_answers() => {
                say(format!("this gate does nothing: `{found}` holds answers, but is none itself"))
                    .with_label("certain as a whole")
                    .with_help("gate each of the answers in it, or combine them with `pool` or `vote` first")
            }
            Self::RedundantGate { found, .. } => {
                say(format!("this gate does nothing: `{found}` is certain already"))
                    .with_label("certain")
                    .with_help("leave the gate out")
            }
            Self::CertainBands { found, .. } => {
                let may_be_low =
                    found.members().iter().any(|part| matches!(part, Type::Boolean | Type::Null));
                let bands = if may_be_low {
                    "only the bands `high` and, for false and null, `low` are ever taken"
                } else {
                    "only the band `high` is ever taken"
                };
                say(format!("`{found}` is certain, so {bands}"))
                    .with_label("certain")
                    .with_help("use `if`, or decide by an agent's answer")
            }
            Self::UnboundedSelect { insert, bare, .. } => {
                let argument = if *bare { "max: 5" } else { ", max: 5" };
                say("this selects every agent there is".to_owned())
                    .with_label("no `max`")
                    .with_help("say how many at most, so that the number of calls has a limit")
                    .with_fix("add `max: 5`", Span::at(*insert), argument, Applicability::MaybeIncorrect)
            }
            Self::EmptyRange { min, max, .. } => {
                say(format!("at least {min} and at most {max} cannot both hold")).with_label("above `max`")
            }
            Self::UnusedVariable { span, name } => say(format!("nothing reads `{name}`"))
                .with_label("never read")
                .with_help(format!("remove it, or call it `_{name}` if that is meant"))
                .with_fix(
                    format!("rename it to `_{name}`"),
                    Span::at(span.start),
                    "_",
                    Applicability::MaybeIncorrect,
                ),
            Self::NoEffect { key, .. } => say(format!("`{key}` has no effect in this version of Prism"))
                .with_label("checked, but not acted on")
                .with_help("it may stay: later versions act on it"),
            Self::NotYetChecked { construct, .. } => {
                let text =
                    format!("{} read, but not yet checked or run by this version of Prism", construct.name());
                let told = say(text).with_label(construct.consequence());
                construct.alternative().into_iter().fold(told, Diagnostic::with_help)
            }
            Self::ReservedType { name, .. } => say(format!("`{name}` is a built-in type"))
                .with_label("declared again here")
                .with_help("give the type another name"),
            Self::NotAValue { name, .. } => {
                let told = say(format!("`{name}` is no value")).with_label("cannot stand here");
                match prism_catalog::PrimitiveId::from_name(name) {
                    Some(_) => told.with_help(format!("call it: `{name}(…)`")),
                    None => told.with_help(format!(
                        "a contract is named in `select({name}, …)` and in types: `Agent<{name}>`"
                    )),
                }
            }
            Self::MethodNotCalled { object, name, .. } => {
                say(format!("`{name}` is a method of `{object}`, and not called here"))
                    .with_label("not called")
                    .with_help(format!("call it: `{name}(…)`"))
            }
            Self::NamedArgument { callee, name, .. } => {
                say(format!("{} is a function value, and its arguments have no names", called(callee)))
                    .with_label(format!("`{name}:` cannot be given"))
                    .with_help("give the arguments in their order, without names")
            }
            Self::TypeTooDeep { .. } => say("this type is nested too deeply".to_owned())
                .with_label("more than 48 levels")
                .with_help("give inner parts names with `type Name = …`"),
        }
    }
}

fn ungated(
    say: impl Fn(String) -> Diagnostic,
    found: &Type,
    wanted: &Type,
    place: &Place,
    text: Option<&str>,
) -> Diagnostic {
    let value = text.map_or_else(|| "this".to_owned(), |text| format!("`{text}`"));
    let shown = text.unwrap_or("value");
    if let Type::List(of) = found {
        let message = format!(
            "{} wants a certain `{wanted}`, but {value} holds agents' answers, `{found}`",
            describe(place)
        );
        return say(message)
            .with_label(format!("each of them is `{of}` and may be wrong"))
            .with_help(format!(
                "make one answer of them, and decide by how sure it is: `vote({shown})`, `pool({shown})`"
            ))
            .with_help(format!(
                "or gate each: `{shown}.map(answer => answer ~@> 0.8)` has null for those less sure"
            ));
    }
    say(format!(
        "{} wants a certain `{wanted}`, but {value} is an agent's answer, `{found}`",
        describe(place)
    ))
    .with_label(format!("`{found}` may be wrong"))
    .with_help(format!("decide by how sure it is: `uncertain if {shown} {{ high {{ … }} low {{ … }} }}`"))
    .with_help(format!("or gate it: `{shown} ~@> 0.8` is null when the answer is less sure than 0.8"))
    .with_help(format!("or take it on your word: `endorse({shown}, \"why\")`"))
}

/// Whether null is one of several values that a type allows.
fn may_be_null(of: &Type) -> bool {
    of.certain().members().iter().any(|member| matches!(member, Type::Null)) && of.certain() != Type::Null
}

fn with_null_help(told: Diagnostic) -> Diagnostic {
    told.with_help("it may be null: check it first with `!= null`, or say what stands in: `value ?? other`")
}

fn suggest(told: Diagnostic, span: Span, nearest: &Option<Box<str>>) -> Diagnostic {
    match nearest {
        None => told,
        Some(name) => told.with_help(format!("did you mean `{name}`?")).with_fix(
            format!("replace it by `{name}`"),
            span,
            &**name,
            Applicability::MaybeIncorrect,
        ),
    }
}

fn describe(place: &Place) -> String {
    match place {
        Place::Argument { callee, name } => format!("the argument `{name}` of {}", called(callee)),
        Place::Output { field } => format!("the output field `{field}`"),
        Place::Result => "the output".to_owned(),
        Place::FunctionResult { function } => format!("the result of `{function}`"),
        Place::Variable { name } => format!("`{name}`"),
        Place::Field { field } => format!("the field `{field}`"),
        Place::Element => "an element of this list".to_owned(),
        Place::Threshold => "a confidence".to_owned(),
        Place::Default { name } => format!("the default of `{name}`"),
        Place::Condition => "a condition".to_owned(),
        Place::Task => "the text of a task".to_owned(),
        Place::Index => "an index".to_owned(),
        Place::Cast => "`as`".to_owned(),
        Place::Spread => "`...` in a record".to_owned(),
        Place::Key => "a key of a record".to_owned(),
        Place::Handed { to } => format!("the parameter of {to}"),
    }
}

/// What is called, as code where it has a name, and plain where words stand in for one: `this block`.
fn called(callee: &str) -> String {
    if callee.contains(' ') { callee.to_owned() } else { format!("`{callee}`") }
}

fn list(names: &[Box<str>]) -> String {
    const SHOWN: usize = 12;
    let mut quoted: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        quoted.push(format!("{} more", names.len() - SHOWN));
    }
    quoted.join(", ")
}

fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}
