//! The language server: what editors ask, in the terms of the protocol.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use prism_compiler::{Diagnostic, FileReport, Level, SourceFile, Span};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeParams,
    InitializeResult, Location, NumberOrString, Position, Range, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

use crate::ide::{Workspace, editor_position};

/// Serves an editor over standard input and output until it says goodbye.
pub async fn serve_stdio() {
    let (service, socket) = LspService::new(|client| PrismServer { client, state: Mutex::default() });
    Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
}

#[derive(Default)]
struct State {
    workspace: Workspace,
    /// The latest version of each open text; what was found out about an older one is not shown any more.
    versions: HashMap<Uri, i32>,
}

struct PrismServer {
    client: Client,
    state: Mutex<State>,
}

impl PrismServer {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Handlers run side by side, so the text is taken before anything is awaited.
    async fn take_text(&self, uri: Uri, version: i32, text: String) {
        let report = {
            let mut state = self.state();
            if state.versions.get(&uri).is_some_and(|latest| *latest > version) {
                return;
            }
            state.versions.insert(uri.clone(), version);
            state.workspace.set_text(uri.as_str(), text)
        };
        let found = lsp_diagnostics(&uri, &report);
        let is_latest = self.state().versions.get(&uri) == Some(&version);
        if is_latest {
            self.client.publish_diagnostics(uri, found, Some(version)).await;
        }
    }
}

impl LanguageServer for PrismServer {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            server_info: Some(ServerInfo {
                name: "prismc".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            capabilities: ServerCapabilities {
                text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
                ..ServerCapabilities::default()
            },
            ..InitializeResult::default()
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.take_text(document.uri, document.version, document.text).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        if let Some(change) = params.content_changes.into_iter().next_back() {
            let document = params.text_document;
            self.take_text(document.uri, document.version, change.text).await;
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        {
            let mut state = self.state();
            state.versions.remove(&uri);
            state.workspace.close(uri.as_str());
        }
        self.client.publish_diagnostics(uri, Vec::new(), None).await;
    }
}

fn lsp_diagnostics(uri: &Uri, report: &FileReport) -> Vec<LspDiagnostic> {
    report.diagnostics.iter().map(|diagnostic| lsp_diagnostic(uri, &report.source, diagnostic)).collect()
}

fn lsp_diagnostic(uri: &Uri, source: &SourceFile, diagnostic: &Diagnostic) -> LspDiagnostic {
    let severity = match diagnostic.level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Hint => DiagnosticSeverity::HINT,
    };
    let related = diagnostic.related.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: range(source, label.span) },
        message: label.text.clone(),
    });
    let related: Vec<_> = related.collect();
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    LspDiagnostic {
        range: range(source, diagnostic.primary.span),
        severity: Some(severity),
        code: Some(NumberOrString::String(diagnostic.code.clone())),
        source: Some("prism".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..LspDiagnostic::default()
    }
}

fn range(source: &SourceFile, span: Span) -> Range {
    let position = |offset| {
        let position = editor_position(source, offset);
        Position { line: position.line, character: position.column }
    };
    Range { start: position(span.start), end: position(span.end) }
}
