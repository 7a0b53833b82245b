//! Declarations at the top of a file.

mod agent;
mod function;
mod module;
mod pattern;
mod test;

use crate::Construct as C;
use crate::document::{Piece, Separator};
use crate::generator::Generator;
use crate::names;

impl Generator<'_, '_> {
    /// A file of declarations.
    pub(crate) fn module(&mut self) {
        if self.with(C::FileDocumentation, 20) {
            self.document.piece(Piece::Lines(format!(
                "//! {}\n//! strict",
                names::words(self.choices).replace('\n', " ")
            )));
        }
        if self.with(C::ImportNames, 30) {
            self.imports();
        }
        loop {
            let bare = self.item();
            if self.is_spent() || self.choices.chance(5) {
                break;
            }
            self.end(Separator::Statement, bare);
        }
    }

    /// One declaration. True if it ends with the brace of a block.
    fn item(&mut self) -> bool {
        self.begin_statement();
        self.deeper(|this| {
            if this.is_spent() {
                this.smallest_pattern();
                return true;
            }
            let form = this.choose(&[
                C::Pattern,
                C::Pattern,
                C::Pattern,
                C::Agent,
                C::Agent,
                C::TypeAlias,
                C::TypeAlias,
                C::Function,
                C::Function,
                C::Test,
                C::Const,
                C::ExportNames,
            ]);
            if form == C::ExportNames {
                return this.export_without_item();
            }
            if this.with(C::Documentation, 25) {
                let text =
                    this.choices.pick(&[" Why it is there.", "", "größer than *that*", " it's `${x}`"]);
                this.document.piece(Piece::Documentation(text));
            }
            if form != C::Test && this.with(C::ExportItem, 15) {
                this.token("export");
            }
            match form {
                C::Agent => this.agent(),
                C::TypeAlias => {
                    this.type_alias();
                    return false;
                }
                C::Function => this.function(),
                C::Test => this.test(),
                C::Const => return this.constant(),
                _ => this.pattern(),
            }
            true
        })
    }
}
