//! What stands at the top of a script.

use crate::Construct as C;
use crate::document::Piece;
use crate::generator::Generator;

impl Generator<'_, '_> {
    pub(super) fn header(&mut self) {
        match self.choose(&[C::InjectedName, C::FrontMatter, C::FrontMatter, C::HeaderComments]) {
            C::FrontMatter => {
                let text = self.front_matter();
                self.document.piece(Piece::Lines(text));
            }
            C::HeaderComments => {
                let name = self.choices.pick(&["Consensus Builder", "a-b-c", "größer"]);
                self.document.piece(Piece::Lines(format!(
                    "// Pattern: {name}\n// Version: 1.0.0\n// Description: does \"it\""
                )));
            }
            _ => {}
        }
    }

    fn front_matter(&mut self) -> String {
        const LINES: &[&str] = &[
            "@name consensus-builder",
            "@version 1.2.0",
            "@description Asks all, takes what most say",
            "@input {\"task\": \"string\", \"data\": \"any\"}",
            "@input { \"type\": \"object\", \"properties\": { \"task\": { \"type\": \"string\" } } }",
            "@output {\"type\": \"any\"}",
            "@agents {\"capabilities\": [\"analysis\"], \"minAgents\": 2}",
            "@minAgents 3",
            "@maxAgents 10",
            "@timeout 30000",
            "@tags [\"voting\", \"basic\"]",
            "@metadata {\"author\": \"somebody\"}",
            "@input {\n *   \"task\": \"string\"\n * }",
        ];
        if self.choices.chance(15) {
            return "/** @name short @version 1.0.0 */".to_owned();
        }
        let count = self.how_many(1, 6);
        let bullet = self.choices.pick(&[" * ", "", "  "]);
        let mut text = String::from("/**\n");
        let mut used: Vec<&str> = Vec::new();
        for _ in 0..count {
            let line = self.choices.pick(LINES);
            let key = line.split(' ').next().unwrap_or_default();
            if !used.contains(&key) {
                used.push(key);
                text.push_str(bullet);
                text.push_str(line);
                text.push('\n');
            }
        }
        text.push_str(" */");
        text
    }
}
