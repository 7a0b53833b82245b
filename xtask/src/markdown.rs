use std::collections::{BTreeMap, BTreeSet};

/// A link of a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The line that the link's target stands on, from 1.
    pub(crate) line: usize,
    /// The target as written, without a title.
    pub(crate) target: String,
}

/// What a link checker wants to know about a Markdown file.
///
/// Read are inline links and images, reference definitions, and full references `[text][label]`; code and comments
/// are left out. Headings are those that start with `#`.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// Links to places, in the order of the file.
    pub(crate) links: Vec<Link>,
    /// References whose label has no definition.
    pub(crate) undefined: Vec<Link>,
    /// What can stand after a `#` in a link to this file.
    pub(crate) anchors: BTreeSet<String>,
}

impl Document {
    /// Reads a file's text.
    pub(crate) fn parse(text: &str) -> Self {
        let prose = without_code(text);
        let mut document = Self { anchors: anchors(text, &prose), ..Self::default() };
        let definitions = document.read_definitions(&prose);
        document.read_links(&prose, &definitions);
        document
    }

    /// Takes `[label]: target` lines, and gives the labels.
    fn read_definitions(&mut self, prose: &str) -> BTreeSet<String> {
        let mut labels = BTreeSet::new();
        for (index, line) in prose.lines().enumerate() {
            let definition = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
            let Some((label, target)) = definition else { continue };
            let Some(target) = destination(target.trim_start()) else { continue };
            labels.insert(label.to_lowercase());
            self.links.push(Link { line: index + 1, target });
        }
        labels
    }

    fn read_links(&mut self, prose: &str, definitions: &BTreeSet<String>) {
        let mut line = 1;
        let mut counted = 0;
        for (position, _) in prose.match_indices(']') {
            line += prose.get(counted..position).map_or(0, |part| part.matches('\n').count());
            counted = position;
            let rest = prose.get(position + 1..).unwrap_or_default();
            if let Some(inside) = rest.strip_prefix('(') {
                if let Some(target) = destination(inside) {
                    self.links.push(Link { line, target });
                }
            } else if let Some((label, _)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'))
                && !label.is_empty()
                && !definitions.contains(&label.to_lowercase())
            {
                self.undefined.push(Link { line, target: label.to_owned() });
            }
        }
    }
}

/// A link's destination at the start of the text: up to white space or the parenthesis that closes the link.
fn destination(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix('<') {
        return rest.split_once('>').map(|(target, _)| target.to_owned());
    }
    let mut depth = 0_usize;
    let end = text.find(|letter: char| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth == 0 => true,
        ')' => {
            depth -= 1;
            false
        }
        _ => letter.is_whitespace(),
    });
    let target = text.get(..end.unwrap_or(text.len()))?;
    (!target.is_empty()).then(|| target.to_owned())
}

/// The text with code blocks, code spans and comments replaced by spaces; lines stay where they are.
fn without_code(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<String> = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let marker: String = ["```", "~~~"]
            .iter()
            .find(|marker| trimmed.starts_with(*marker))
            .and_then(|marker| marker.chars().next())
            .map(|letter| trimmed.chars().take_while(|&other| other == letter).collect())
            .unwrap_or_default();
        match &fence {
            Some(open) => {
                if marker.starts_with(open.as_str()) && trimmed.trim_end() == marker {
                    fence = None;
                }
                prose.push('\n');
            }
            None if !marker.is_empty() => {
                fence = Some(marker);
                prose.push('\n');
            }
            None => prose.push_str(line),
        }
    }
    let spans = blank(&prose, |rest| {
        let ticks = rest.chars().take_while(|&letter| letter == '`').count();
        (ticks > 0).then(|| code_span(rest, ticks))
    });
    blank(&spans, |rest| {
        rest.starts_with("<!--").then(|| rest.find("-->").map_or(rest.len(), |end| end + "-->".len()))
    })
}

/// The length of a code span that opens with that many backticks; of the backticks alone when nothing closes it.
fn code_span(rest: &str, ticks: usize) -> usize {
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let mut position = ticks;
    while let Some(found) = rest.get(position..paragraph).and_then(|part| part.find('`')) {
        let start = position + found;
        let run =
            rest.get(start..).map_or(0, |part| part.chars().take_while(|&letter| letter == '`').count());
        position = start + run;
        if run == ticks {
            return position;
        }
    }
    ticks
}

/// Replaces what `skip` measures at a position by spaces, keeping line ends.
fn blank(text: &str, skip: impl Fn(&str) -> Option<usize>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(length) = skip(rest).filter(|&length| length > 0) {
            let (skipped, after) = rest.split_at(length);
            kept.extend(skipped.chars().map(|skipped| if skipped == '\n' { '\n' } else { ' ' }));
            rest = after;
        } else {
            kept.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    kept
}

/// Anchors of headings, as GitHub makes them, and of `<a id="…">`.
fn anchors(text: &str, prose: &str) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for (line, visible) in text.lines().zip(prose.lines()) {
        let level = visible.chars().take_while(|&letter| letter == '#').count();
        if (1..=6).contains(&level)
            && let Some(title) = line.get(level..).and_then(|rest| rest.strip_prefix(' '))
        {
            let slug = slug(title);
            let repeats = seen.entry(slug.clone()).or_insert(0);
            anchors.insert(if *repeats == 0 { slug } else { format!("{slug}-{repeats}") });
            *repeats += 1;
        }
    }
    for opening in [r#"<a id=""#, r#"<a name=""#] {
        for (position, _) in prose.match_indices(opening) {
            let name = prose.get(position + opening.len()..).and_then(|rest| rest.split_once('"'));
            anchors.extend(name.map(|(name, _)| name.to_owned()));
        }
    }
    anchors
}

/// The anchor of a heading: lower case, blanks as hyphens, other punctuation dropped, links by their text.
fn slug(title: &str) -> String {
    let mut words = String::new();
    let mut rest = title.trim().trim_end_matches('#').trim_end();
    while let Some((before, after)) = rest.split_once("](") {
        words.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ => letter.is_alphanumeric().then_some(letter),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<(usize, String)> {
        Document::parse(text).links.into_iter().map(|link| (link.line, link.target)).collect()
    }

    fn found(line: usize, target: &str) -> (usize, String) {
        (line, target.to_owned())
    }

    #[test]
    fn inline_links_and_images_are_found_with_their_lines() {
        let text = "See [one](a.md) and\n![two](b(1).png \"title\"), [a\nlong text](<c d.md>).\n";
        assert_eq!(targets(text), [found(1, "a.md"), found(2, "b(1).png"), found(3, "c d.md")]);
    }

    #[test]
    fn code_and_comments_hold_no_links() {
        let text = "`[a](x.md)` ``[`b](y.md)``\n\n```md\n[c](z.md)\n```\n<!-- [d](w.md)\n -->[e](v.md)\n";
        assert_eq!(targets(text), [found(7, "v.md")]);
    }

    #[test]
    fn a_longer_fence_is_not_closed_by_a_shorter_one() {
        assert_eq!(targets("````\n```\n[a](x.md)\n````\n[b](y.md)\n"), [found(5, "y.md")]);
    }

    #[test]
    fn an_unclosed_backtick_hides_nothing() {
        assert_eq!(targets("a ` alone [x](x.md)\n\nand ` another\n"), [found(1, "x.md")]);
    }

    #[test]
    fn references_need_definitions() {
        let document = Document::parse("[a][One] and [b][two]\n\n[one]: x.md \"title\"\n");
        assert_eq!(document.links, [Link { line: 3, target: "x.md".to_owned() }]);
        assert_eq!(document.undefined, [Link { line: 1, target: "two".to_owned() }]);
    }

    #[test]
    fn anchors_are_those_of_github() {
        let text = "# How to add a `keyword`\n## Exit codes, tested: `run`\n## Same\n## Same\n```\n# no heading\n```\n\
                    ### [Linked](x.md) title\n<a id=\"by-hand\"></a>\n#hash\n";
        let anchors = Document::parse(text).anchors;
        let expected =
            ["by-hand", "exit-codes-tested-run", "how-to-add-a-keyword", "linked-title", "same", "same-1"];
        assert_eq!(anchors.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }
}
