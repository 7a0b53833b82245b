/// Declares an enum whose rows carry a name, with look-up in both directions.
macro_rules! named_table {
    (
        $(#[$meta:meta])*
        pub enum $table:ident {
            $( $(#[$row_meta:meta])* $row:ident = $name:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $table { $( $(#[$row_meta])* $row ),+ }

        impl $table {
            /// Every row, in the order of the table.
            pub const ALL: &'static [Self] = &[ $( Self::$row ),+ ];

            /// The name as it is written.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$row => $name ),+ }
            }

            /// The row of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $( $name => Some(Self::$row), )+ _ => None }
            }
        }

        impl std::fmt::Display for $table {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

pub(crate) use named_table;
