//! Bytes into text: UTF-8 and UTF-16 with or without a mark, and the Korean code page in which spreadsheets still save.

use encoding_rs::{EUC_KR, UTF_16BE, UTF_16LE};

use crate::exchange::clean::clean;

/// Bytes of the largest file that is read.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More than [`LARGEST_FILE`].
    #[error("the file is larger than 64 MiB; split it and import the parts")]
    TooLarge,
    /// Neither UTF-8 nor UTF-16 nor the Korean code page.
    #[error("byte {position} is not UTF-8 text; save the file as UTF-8 and import it again")]
    NotText {
        /// The first byte, from 0, that does not fit.
        position: usize,
    },
    /// A file of zeros and other bytes that no text has.
    #[error("byte {position} is zero: this is no text file")]
    Binary {
        /// The first such byte, from 0.
        position: usize,
    },
}

/// The text of a file, cleaned; its lines are those of the file.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge);
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, 3)?,
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        bytes => without_mark(bytes)?,
    };
    Ok(clean(&text))
}

fn without_mark(bytes: &[u8]) -> Result<String, DecodeError> {
    if let Some(position) = bytes.iter().position(|byte| *byte == 0) {
        // Latin letters in UTF-16 are every second byte zero.
        let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
        let half = bytes.len() / 2;
        return match (zeros(0), zeros(1)) {
            (0, odd) if odd * 4 > half => {
                Ok(UTF_16LE.decode_without_bom_handling(bytes).0.into_owned())
            }
            (even, 0) if even * 4 > half => {
                Ok(UTF_16BE.decode_without_bom_handling(bytes).0.into_owned())
            }
            _ => Err(DecodeError::Binary { position }),
        };
    }
    utf8(bytes, 0).or_else(|error| korean(bytes).ok_or(error))
}

fn utf8(bytes: &[u8], before: usize) -> Result<String, DecodeError> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| DecodeError::NotText { position: before + error.valid_up_to() })
}

/// The text in the Korean code page (CP949), if it has no fault in it and mostly gives Hangul: almost any bytes can be read as some text.
fn korean(bytes: &[u8]) -> Option<String> {
    let (text, has_faults) = EUC_KR.decode_without_bom_handling(bytes);
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let hangul = text.chars().filter(|c| matches!(c, '가'..='힣')).count();
    (!has_faults && hangul * 10 >= foreign * 6).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{DecodeError, LARGEST_FILE, decode};

    #[test]
    fn marks_and_wide_characters_are_understood() {
        assert_eq!(decode(b"\xef\xbb\xbfabc"), Ok("abc".to_owned()));
        for big in [false, true] {
            for mark in ["\u{feff}", ""] {
                let text = format!("{mark}What is it?\nA test");
                let units = text.encode_utf16();
                let bytes: Vec<u8> = units
                    .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                    .collect();
                assert_eq!(decode(&bytes), Ok("What is it?\nA test".to_owned()));
            }
        }
    }

    #[test]
    fn a_spreadsheet_saved_in_the_korean_code_page_is_understood() {
        // "질문,답" as a Korean spreadsheet saves it.
        let bytes = [0xc1, 0xfa, 0xb9, 0xae, b',', 0xb4, 0xe4];
        assert_eq!(decode(&bytes), Ok("질문,답".to_owned()));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(decode(b"abc\xff\xfeabc\xff"), Err(DecodeError::NotText { position: 3 }));
        assert_eq!(decode(b"PK\x03\x04\0\0\0\0\0\0"), Err(DecodeError::Binary { position: 4 }));
        assert_eq!(decode(&vec![b'a'; LARGEST_FILE + 1]), Err(DecodeError::TooLarge));
    }
}
