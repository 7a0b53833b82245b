//! Imports and exports.

use crate::Construct as C;
use crate::document::Separator;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(crate) fn imports(&mut self) {
        let count = self.how_many(1, 3);
        for _ in 0..count {
            self.begin_statement();
            self.token("import");
            match self.choose(&[C::ImportNames, C::ImportNames, C::ImportDefault, C::ImportAll]) {
                C::ImportDefault => {
                    self.imported();
                    if self.choices.chance(40) {
                        self.token(",");
                        self.names_in_braces(true);
                    }
                }
                C::ImportAll => {
                    self.tokens(&["*", "as"]);
                    self.imported();
                }
                _ => self.names_in_braces(true),
            }
            self.token("from");
            self.module_path();
            self.end(Separator::Statement, false);
        }
    }

    /// The name of what is imported, in scope from here on.
    fn imported(&mut self) {
        let name = self.plain_name();
        self.token(name.clone());
        self.declare(name, Kind::Any, false);
    }

    fn module_path(&mut self) {
        let path = self.choices.pick(&[
            "\"./labels\"",
            "'../shared/index.prism'",
            "\"prism:retry\"",
            "'@scope/name'",
        ]);
        self.token(path);
    }

    fn names_in_braces(&mut self, import: bool) {
        let count = self.how_many(0, 3);
        self.listed("{", "}", count, |this, index| {
            let renamed = this.choices.chance(40);
            if renamed {
                let key = crate::names::key(this.choices);
                this.key_token(key);
                this.token("as");
            }
            if import {
                this.imported();
            } else if renamed {
                let name = this.plain_name();
                this.token(name);
            } else {
                this.token(format!("exported{index}"));
            }
        });
    }

    /// An export that declares nothing. True if it ends with the brace of a block.
    pub(super) fn export_without_item(&mut self) -> bool {
        self.token("export");
        match self.choose(&[C::ExportNames, C::ExportNames, C::ExportAll, C::ExportDefault, C::ExportAssign])
        {
            C::ExportAll => {
                self.tokens(&["*", "from"]);
                self.module_path();
            }
            C::ExportDefault => {
                self.token("default");
                self.begin_body();
                let (from, to) = (self.kind(), self.kind());
                if self.choices.chance(50) { self.lambda(&[from], &to) } else { self.value(&to) }
            }
            C::ExportAssign => {
                let name = self.plain_name();
                self.token(name.clone());
                self.breaking("=");
                let kind = self.kind();
                self.value(&kind);
                self.declare(name, kind, false);
            }
            _ => {
                self.names_in_braces(false);
                if self.choices.chance(50) {
                    self.token("from");
                    self.module_path();
                }
            }
        }
        false
    }
}
