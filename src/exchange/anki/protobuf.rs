//! The little of Protocol Buffers that Anki's packages need: numbers and texts on the first level of a message.
//!
//! Format: <https://protobuf.dev/programming-guides/encoding/>. Nothing here fails: what cannot be read ends the message.

/// The first number in the field, or 0, which is how an absent number is written.
pub fn number(message: &[u8], field: u64) -> u64 {
    Fields { rest: message }
        .find_map(|(found, value)| match value {
            Value::Number(number) if found == field => Some(number),
            _ => None,
        })
        .unwrap_or(0)
}

/// The last text in the field, or an empty one.
pub fn text(message: &[u8], field: u64) -> String {
    Fields { rest: message }
        .filter_map(|(found, value)| match value {
            Value::Bytes(bytes) if found == field => Some(bytes),
            _ => None,
        })
        .last()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default()
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.bytes(8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.bytes(length)?)
            }
            5 => self.bytes(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{number, text};

    #[test]
    fn the_version_of_a_package_is_read() {
        assert_eq!(number(b"\x08\x03", 1), 3);
        assert_eq!(number(b"", 1), 0);
    }

    #[test]
    fn texts_are_found_behind_other_fields() {
        let message = b"\x08\x96\x01\x0a\x02hi\x12\x05there\x41........\x0d....";
        assert_eq!(text(message, 1), "hi");
        assert_eq!(text(message, 2), "there");
        assert_eq!(number(message, 1), 150);
        assert_eq!(text(message, 3), "");
    }

    #[test]
    fn a_message_that_is_cut_or_lies_about_lengths_ends() {
        for message in
            [&b"\x0a\x7fshort"[..], b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", b"\x0b"]
        {
            assert_eq!(text(message, 1), "");
        }
    }
}
