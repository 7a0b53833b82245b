//! Whether two trees are equal, wherever their parts stand.

use prism_diagnostics::Span;

use crate::ast::*;

/// Equality without places.
pub(super) trait Same {
    fn same(&self, other: &Self) -> bool;
}

impl Same for Span {
    fn same(&self, _: &Self) -> bool {
        true
    }
}

impl<T: Same + ?Sized> Same for &T {
    fn same(&self, other: &Self) -> bool {
        (**self).same(other)
    }
}

impl<T: Same> Same for Box<T> {
    fn same(&self, other: &Self) -> bool {
        (**self).same(other)
    }
}

impl<T: Same> Same for Option<T> {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(left), Some(right)) => left.same(right),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl<T: Same> Same for Vec<T> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(left, right)| left.same(right))
    }
}

macro_rules! tuples {
    ( $( ( $($name:ident $index:tt),* ) )+ ) => { $(
        impl<$($name: Same),*> Same for ($($name,)*) {
            fn same(&self, _other: &Self) -> bool {
                true $( && self.$index.same(&_other.$index) )*
            }
        }
    )+ };
}

tuples! { () (A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) (A 0, B 1, C 2, D 3, E 4) }

macro_rules! equal {
    ( $($name:ty),* $(,)? ) => { $(
        impl Same for $name {
            fn same(&self, other: &Self) -> bool {
                self == other
            }
        }
    )* };
}

equal! {
    bool, f64, Box<str>, ExprId, StatementId, TypeExprId, Binary, Unary, Literal, LambdaForm, BandName,
    MockBehaviour,
}

macro_rules! structs {
    ( $( $name:ident { $($field:ident),* } )+ ) => { $(
        impl Same for $name {
            fn same(&self, other: &Self) -> bool {
                // Names all fields, so that one that is added does not compile until it is compared.
                let Self { $($field: _),* } = self;
                true $( && self.$field.same(&other.$field) )*
            }
        }
    )+ };
}

macro_rules! enums {
    ( $( $name:ident { $( $variant:ident $( ( $($position:ident),* ) )? $( { $($field:ident),* } )? ),* } )+ ) => { $(
        impl Same for $name {
            fn same(&self, other: &Self) -> bool {
                match self {
                    $( Self::$variant $( ( $($position),* ) )? $( { $($field),* } )? => {
                        let left = ( $($($position,)*)? $($($field,)*)? );
                        match other {
                            Self::$variant $( ( $($position),* ) )? $( { $($field),* } )? => {
                                left.same(&( $($($position,)*)? $($($field,)*)? ))
                            }
                            #[allow(unreachable_patterns)]
                            _ => false,
                        }
                    } )*
                }
            }
        }
    )+ };
}

structs! {
    Name { text, span }
    Expr { kind, span }
    Statement { kind, span }
    TypeExpr { kind, span }
    Match { subject, arms, switch }
    MatchArm { pattern, guard, body, span }
    MatchField { field, pattern }
    MatchRest { name, span }
    Pattern { name, version, documentation, sections, body, span, tainted }
    Field { name, optional, value, constraints, default }
    Constraint { name, arguments, span }
    Agent { name, documentation, entries, span }
    Method { name, documentation, parameters, result, task, span }
    Import { default, all, names, from, span }
    ModuleName { name, alias }
    Export { kind, span }
    Test { name, documentation, body, span, tainted }
    TypeAlias { name, parameters, documentation, value, span }
    Element { spread, value }
    Argument { name, value, trailing, span }
    Lambda { form, asynchronous, parameters, body }
    Parameter { target, rest, optional, declared, default }
    Block { statements, span }
    Band { name, name_span, body }
    Assign { place, operator, tilde, operator_span, value }
    While { condition, limit, body, body_first }
    Try { body, catch, finally }
    Catch { failure, body }
    Mock { contract, name, calibrated, behaviour, after }
    RecordTarget { fields, rest, span }
    FieldTarget { field, target, confidence, default }
    ListTarget { items, rest, span }
    ItemTarget { target, default }
    FieldType { name, optional, value }
    Function { name, asynchronous, type_parameters, documentation, parameters, result, body, span, tainted }
}

enums! {
    MatchPattern {
        Wildcard(a), Literal(a, b), Name(a), Is { name, target }, Record { fields, rest, span },
        List { items, rest, span }, Alternatives(a), Value(a)
    }
    Item { Import(a), Export(a), Pattern(a), Agent(a), Type(a), Function(a), Test(a), Statement(a) }
    Section {
        Input { fields, span }, Output { output, span }, Budget { pairs, span }, Confidence { promise, span }
    }
    Output { Fields(a), Type(a) }
    Promise { AtLeast { value, span }, Mode(a) }
    AgentEntry { Key { name, value }, Method(a) }
    ExportKind { Items(a), Names { names, from }, All { from }, Default(a), Value { name, value } }
    ExprKind {
        Literal(a), Template(a), Name(a), List(a), Record(a), Lambda(a), Member { object, name },
        OptionalMember { object, name }, TildeMember { object, name }, OptionalIndex { object, index },
        OptionalCall { callee, arguments }, New { class, arguments }, Typeof(a), Await(a), Is { value, target },
        Instanceof { value, class }, Index { object, index }, Call { callee, arguments },
        Unary { operator, operator_span, operand }, Binary { operator, tilde, operator_span, left, right },
        Surer { operator_span, left, right }, Pipe { tilde, operator_span, value, step },
        Ternary { tilde, condition, then, otherwise }, Attach { value, confidence },
        Gate { tilde, value, threshold, otherwise }, As { value, target }, Assert(a),
        If { condition, then, otherwise }, Uncertain { subject, thresholds, bands }, Match(a), Do(a), Error
    }
    TemplatePart { Text(a), Expression(a) }
    Entry { Pair { key, value, shorthand }, Spread(a) }
    EntryKey { Name(a), Computed(a) }
    ArgumentValue { Expression(a), Spread(a) }
    LambdaBody { Expression(a), Block(a), Assignment(a) }
    Body { Block(a), Record(a), Statement(a) }
    Else { Chain(a), Body(a) }
    StatementKind {
        Let { target, declared, value, constant }, Assign(a), Unpack { target, value }, Step { place, up, prefix },
        Return(a), Break, Continue, Assert { condition, message }, Mock(a), For(a), While(a), Try(a),
        Expression(a), Function(a), Type(a), Block(a), Error
    }
    For {
        Each { target, second, list, limit, body }, Count { initial, condition, step, body }, All { variables, body }
    }
    Target { Name(a), Record(a), List(a) }
    TypeExprKind {
        Named { name, arguments }, Literal(a), Uncertain(a), List(a), Optional(a), Union(a), Record { fields, open },
        Function { parameters, result }, Error
    }
}

/// Where two trees differ first, as a place in the text of the first one; none if they are the same.
pub(super) fn difference(left: &Tree, right: &Tree) -> Option<Span> {
    let expressions = left.expressions.iter().zip(&right.expressions);
    let statements = left.statements.iter().zip(&right.statements);
    let types = left.types.iter().zip(&right.types);
    let counts = left.expressions.len() == right.expressions.len()
        && left.statements.len() == right.statements.len()
        && left.types.len() == right.types.len();
    let found = expressions
        .filter(|(left, right)| !left.same(right))
        .map(|(left, _)| left.span)
        .chain(statements.filter(|(left, right)| !left.same(right)).map(|(left, _)| left.span))
        .chain(types.filter(|(left, right)| !left.same(right)).map(|(left, _)| left.span))
        .next();
    let items = counts && left.items.same(&right.items);
    found.or_else(|| (!items).then(Span::default))
}
