//! Items at the top level, and the sections of patterns.

use super::list::Layout;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{
    Agent, AgentEntry, Export, ExportKind, Field, Function, Import, Item, ModuleName, Name, Output, Pattern,
    Promise, Section, StatementId, TypeAlias,
};

impl<'a> Writer<'a> {
    /// The whole file.
    pub(super) fn module(&mut self) {
        let tree = self.tree;
        let mut first = true;
        let mut rest = tree.items.as_slice();
        while !rest.is_empty() {
            while self.skip(Kind::Semicolon) {}
            if !std::mem::take(&mut first) {
                self.separate();
            }
            let taken = self.item(rest);
            rest = rest.get(taken..).unwrap_or_default();
            while self.skip(Kind::Semicolon) {}
        }
        while self.skip(Kind::Semicolon) {}
        self.comments_before_close();
    }

    /// The first of some items, and the bindings that are written together with it. Gives how many they are.
    fn item(&mut self, items: &[Item]) -> usize {
        match items.first() {
            Some(Item::Import(import)) => self.import(import),
            Some(Item::Export(export)) => self.export(export),
            Some(Item::Pattern(pattern)) => self.pattern_declaration(pattern),
            Some(Item::Agent(agent)) => self.agent(agent),
            Some(Item::Type(alias)) => self.type_alias(alias),
            Some(Item::Function(function)) => self.function(function),
            Some(Item::Test(test)) => {
                self.token();
                self.spaced();
                self.block(&test.body, true);
            }
            Some(Item::Statement(first)) => {
                let mut statements: Vec<StatementId> = vec![*first];
                if matches!(self.kind(), Kind::Let | Kind::Const) {
                    statements.extend(items.iter().skip(1).map_while(|item| match item {
                        Item::Statement(id) if self.same_bindings(*first, *id) => Some(*id),
                        _ => None,
                    }));
                }
                return self.statement(&statements);
            }
            None => {}
        }
        1
    }

    /// Whether a statement follows another one without its own keyword.
    fn same_bindings(&self, first: StatementId, next: StatementId) -> bool {
        use crate::ast::StatementKind::Let;
        let (first, next) = (&self.tree[first], &self.tree[next]);
        matches!(first.kind, Let { .. }) && matches!(next.kind, Let { .. })
    }

    fn import(&mut self, import: &Import) {
        self.token();
        self.space();
        if import.default.is_some() {
            self.token();
            self.comma();
            self.space();
        }
        if import.all.is_some() {
            self.token();
            self.spaced();
            self.token();
        }
        if self.is(Kind::LeftBrace) {
            self.module_names(&import.names);
        }
        self.spaced();
        self.token();
    }

    fn module_names(&mut self, names: &[ModuleName]) {
        self.list(names.len(), Layout::RECORD, |writer, index| {
            writer.token();
            if names.get(index).is_some_and(|name| name.alias.is_some()) {
                writer.spaced();
                writer.token();
            }
        });
    }

    fn export(&mut self, export: &Export) {
        self.token();
        self.space();
        match &export.kind {
            ExportKind::Items(items) => {
                self.item(items);
            }
            ExportKind::Names { names, from } => {
                self.module_names(names);
                if from.is_some() {
                    self.spaced();
                    self.token();
                }
            }
            ExportKind::All { .. } => {
                self.token();
                self.spaced();
                self.token();
            }
            ExportKind::Default(value) => {
                self.token();
                self.space();
                self.expression(*value);
            }
            ExportKind::Value { value, .. } => {
                self.token();
                self.spaced();
                self.expression(*value);
            }
        }
    }

    fn pattern_declaration(&mut self, pattern: &Pattern) {
        self.open();
        self.token();
        self.space();
        while self.at < self.tokens.len() && !self.is(Kind::LeftBrace) {
            self.as_written(self.at + 1);
            if self.ahead(0).follows_space() {
                self.space();
            }
        }
        self.space();
        let end = self.mate();
        self.token();
        let mut first = true;
        while self.skip(Kind::Semicolon) {}
        if self.at == end {
            self.nothing_inside();
            return self.close();
        }
        self.indent();
        self.hard_line();
        for section in &pattern.sections {
            if !std::mem::take(&mut first) {
                self.separate();
            }
            self.section(section);
            while self.skip(Kind::Semicolon) {}
        }
        if !pattern.body.statements.is_empty() {
            if !first {
                self.separate();
            }
            self.block_content(&pattern.body.statements, end);
        }
        while self.skip(Kind::Semicolon) {}
        self.comments_before_close();
        self.dedent();
        self.hard_line();
        self.token();
        self.close();
    }

    fn section(&mut self, section: &Section) {
        self.token();
        self.space();
        match section {
            Section::Input { fields, .. } | Section::Output { output: Output::Fields(fields), .. } => {
                self.fields(fields);
            }
            Section::Output { output: Output::Type(written), .. } => self.type_expression(*written),
            Section::Budget { pairs, .. } => {
                self.list(pairs.len(), Layout::FIELDS, |writer, index| {
                    if let Some((_, value)) = pairs.get(index) {
                        writer.token();
                        writer.token();
                        writer.space();
                        writer.expression(*value);
                    }
                });
            }
            Section::Confidence { promise: Promise::AtLeast { .. }, .. } => {
                self.token();
                self.space();
                self.token();
            }
            Section::Confidence { promise: Promise::Mode(_), .. } => self.token(),
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.list(fields.len(), Layout::FIELDS, |writer, index| {
            let Some(field) = fields.get(index) else { return };
            writer.token();
            if field.optional {
                writer.token();
            }
            writer.declared(Some(field.value));
            for constraint in &field.constraints {
                writer.space();
                writer.token();
                if writer.is(Kind::LeftParenthesis) && writer.offset() < constraint.span.end {
                    writer.list(constraint.arguments.len(), Layout::PARENTHESES, |writer, index| {
                        if let Some(argument) = constraint.arguments.get(index) {
                            writer.expression(*argument);
                        }
                    });
                }
            }
            writer.default(field.default);
        });
    }

    fn agent(&mut self, agent: &Agent) {
        self.open();
        self.token();
        self.spaced();
        self.space();
        self.token();
        if agent.entries.is_empty() {
            while self.skip(Kind::Semicolon) || self.skip(Kind::Comma) {}
            self.nothing_inside();
            return self.close();
        }
        self.indent();
        self.hard_line();
        for (index, entry) in agent.entries.iter().enumerate() {
            if index > 0 {
                self.separate();
            }
            match entry {
                AgentEntry::Key { value, .. } => {
                    self.token();
                    self.token();
                    self.space();
                    self.expression(*value);
                }
                AgentEntry::Method(method) => {
                    self.token();
                    self.space();
                    self.token();
                    self.parameters(&method.parameters);
                    self.spaced();
                    self.type_expression(method.result);
                    if let Some(task) = method.task {
                        self.loose();
                        self.space();
                        self.expression(task);
                    }
                }
            }
            while self.skip(Kind::Comma) || self.skip(Kind::Semicolon) {}
        }
        self.comments_before_close();
        self.dedent();
        self.hard_line();
        self.token();
        self.close();
    }

    pub(super) fn type_alias(&mut self, alias: &TypeAlias) {
        self.token();
        self.space();
        self.token();
        self.type_parameters(&alias.parameters);
        self.assign_sign();
        self.type_expression(alias.value);
    }

    fn type_parameters(&mut self, parameters: &[Name]) {
        if parameters.is_empty() {
            return;
        }
        self.token();
        for index in 0..parameters.len() {
            if index > 0 {
                self.comma();
                self.space();
            }
            self.token();
        }
        self.skip(Kind::Comma);
        self.close_angle();
    }

    pub(super) fn function(&mut self, function: &Function) {
        if function.asynchronous {
            self.token();
            self.space();
        }
        self.token();
        self.space();
        if !self.is(Kind::LeftParenthesis) {
            self.token();
        }
        self.type_parameters(&function.type_parameters);
        self.parameters(&function.parameters);
        if let Some(result) = function.result {
            self.spaced();
            self.type_expression(result);
        }
        self.space();
        self.block(&function.body, true);
    }
}
