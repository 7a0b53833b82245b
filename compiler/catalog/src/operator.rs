use crate::table::named_table;

named_table! {
    /// Operators between two operands that are both always looked at, and those that may leave the right one alone.
    pub enum BinaryOperator {
        /// Sum of numbers, durations or money; concatenation when a side is a string.
        Add = "+",
        /// Difference.
        Subtract = "-",
        /// Product.
        Multiply = "*",
        /// Quotient; dividing by zero is a failure.
        Divide = "/",
        /// Remainder with the sign of the left operand.
        Remainder = "%",
        /// Power.
        Power = "**",
        /// Structural equality without coercion.
        Equal = "==",
        /// Structural inequality without coercion.
        NotEqual = "!=",
        /// As `==`; accepted for the sake of those who come from JavaScript.
        StrictEqual = "===",
        /// As `!=`; accepted for the sake of those who come from JavaScript.
        StrictNotEqual = "!==",
        /// Less, of numbers, strings, durations or money.
        Less = "<",
        /// Less or equal.
        LessOrEqual = "<=",
        /// Greater.
        Greater = ">",
        /// Greater or equal.
        GreaterOrEqual = ">=",
        /// Whether a list holds a value, a record a key, or a string a part.
        In = "in",
        /// The left operand if it is falsy, else the right one, which only then is looked at.
        And = "&&",
        /// The left operand if it is truthy, else the right one, which only then is looked at.
        Or = "||",
        /// The left operand unless it is null, else the right one, which only then is looked at.
        Coalesce = "??",
    }
}

impl BinaryOperator {
    /// Whether the right operand is looked at only when the left one did not decide.
    pub const fn is_lazy(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Coalesce)
    }

    /// Whether the result is a boolean that compares the operands.
    pub const fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::StrictEqual
                | Self::StrictNotEqual
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
                | Self::In
        )
    }
}

named_table! {
    /// Operators before one operand.
    pub enum UnaryOperator {
        /// Boolean negation.
        Not = "!",
        /// Arithmetic negation.
        Negate = "-",
        /// The number itself.
        Plus = "+",
        /// The confidence of the operand as a plain number.
        Confidence = "<~",
    }
}
