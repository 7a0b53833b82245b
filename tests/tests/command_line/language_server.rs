//! `prismc lsp --stdio`, spoken to as an editor does.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::prismc;

/// No answer takes longer.
const LONGEST: Duration = Duration::from_secs(30);

struct Server {
    child: Child,
    input: Option<ChildStdin>,
    messages: mpsc::Receiver<Value>,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(prismc())
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { child, input, messages }
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        input.flush().unwrap();
    }

    fn answer(&self) -> Value {
        self.messages.recv_timeout(LONGEST).expect("the server does not answer")
    }

    fn initialize(&mut self) -> Value {
        self.send(
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }),
        );
        let answer = self.answer();
        self.send(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
        answer
    }

    fn open(&mut self, text: &str) -> Value {
        let document = json!({ "uri": "file:///a.prism", "languageId": "prism", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        self.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
        self.answer()
    }

    fn change(&mut self, version: i32, text: &str) -> Value {
        let document = json!({ "uri": "file:///a.prism", "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
        self.answer()
    }

    /// Says goodbye, and gives the exit code.
    fn end(mut self) -> Option<i32> {
        self.send(json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
        assert_eq!(self.answer()["id"], 2);
        self.send(json!({ "jsonrpc": "2.0", "method": "exit" }));
        for _ in 0..300 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(LONGEST / 300);
        }
        panic!("the server does not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|count| *count > 0)?;
        match line.trim() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

#[test]
fn an_editor_is_told_what_is_wrong_while_one_types() {
    let mut server = Server::start();
    assert_eq!(server.initialize()["result"]["serverInfo"]["name"], "prismc");
    let told = server.open("pattern p { output string\n  let é = \"😀\"; return é + nmae }");
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    let found = &told["params"]["diagnostics"];
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(found[0]["code"], "P0201");
    // Columns are UTF-16 units: the face before the name counts twice.
    assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 27 }), "{told}");
    let told = server.change(2, "pattern p { output string\n  return \"name\" }");
    assert_eq!(told["params"], json!({ "uri": "file:///a.prism", "diagnostics": [], "version": 2 }));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn text_that_does_not_parse_does_not_end_the_server() {
    let mut server = Server::start();
    server.initialize();
    server.open(&"[".repeat(20_000));
    for (version, text) in [(2, "pattern"), (3, "\u{0}\u{feff}}}}"), (4, "pattern p { return `${"), (5, "")] {
        let told = server.change(version, text);
        assert_eq!(told["params"]["version"], version, "{told}");
    }
    assert_eq!(server.end(), Some(0));
}
