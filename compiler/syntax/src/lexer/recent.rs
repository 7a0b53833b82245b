use crate::{Kind, Token, Tokens};

/// How many tokens are handed over at once.
const LIMIT: usize = 64;

/// The tokens that were read last. To grow three columns one element at a time is a large part of the work of a lexer;
/// these are of fixed length, and are copied when they are full.
pub(super) struct Recent {
    tokens: [Token; LIMIT],
    starts: [u32; LIMIT],
    ends: [u32; LIMIT],
    length: usize,
}

impl Default for Recent {
    fn default() -> Self {
        let tokens = [Token { kind: Kind::End, flags: 0 }; LIMIT];
        Self { tokens, starts: [0; LIMIT], ends: [0; LIMIT], length: 0 }
    }
}

impl Recent {
    /// Adds a token, and answers whether there is no room for another one.
    #[inline(always)]
    pub(super) fn push(&mut self, token: Token, start: u32, end: u32) -> bool {
        let at = self.length;
        if let (Some(tokens), Some(starts), Some(ends)) =
            (self.tokens.get_mut(at), self.starts.get_mut(at), self.ends.get_mut(at))
        {
            *tokens = token;
            *starts = start;
            *ends = end;
        }
        self.length = at + 1;
        self.length >= LIMIT
    }

    /// Moves all tokens to the end of others.
    #[inline(never)]
    pub(super) fn flush(&mut self, output: &mut Tokens) {
        let length = self.length;
        output.tokens.extend_from_slice(self.tokens.get(..length).unwrap_or_default());
        output.starts.extend_from_slice(self.starts.get(..length).unwrap_or_default());
        output.ends.extend_from_slice(self.ends.get(..length).unwrap_or_default());
        self.length = 0;
    }
}
