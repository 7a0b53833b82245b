/// The words of a text in lower case, without punctuation; `don't` is `dont`.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.replace(['\'', '\u{2019}'], "").to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_without_punctuation() {
        assert_eq!(words("It DOESN'T work: error-500!"), ["it", "doesnt", "work", "error", "500"]);
        assert_eq!(words(" … "), Vec::<String>::new());
        assert_eq!(words("Größe"), ["größe"]);
    }
}
