//! The smallest files of each kind, and archives made to order.

use std::io::{Cursor, Write};

use drillhall::intake::MediaType;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub(crate) fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (name, data) in [(b"IHDR", &header[..]), (b"IDAT", &[0x78, 0x9c, 0x63, 0, 0]), (b"IEND", &[])] {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(name);
        bytes.extend(data);
        bytes.extend([0; 4]);
    }
    bytes
}

pub(crate) fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    bytes.extend(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    // Stuffed bytes and restarts belong to the scan.
    bytes.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]);
    bytes
}

pub(crate) fn gif() -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0".to_vec();
    bytes.extend([0, 0, 0, 255, 255, 255]);
    bytes.extend([0x21, 0xf9, 4, 0, 0, 0, 0, 0]);
    bytes.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]);
    bytes
}

pub(crate) fn webp() -> Vec<u8> {
    let mut bytes = b"RIFF\x11\0\0\0WEBPVP8L\x05\0\0\0\x2f\0\0\0\0\0".to_vec();
    let size = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n".to_vec()
}

pub(crate) fn pcap(packet: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
    bytes.extend([0; 8]);
    bytes.extend([0xff, 0xff, 0, 0, 1, 0, 0, 0]);
    let length = u32::try_from(packet.len()).unwrap().to_le_bytes();
    bytes.extend([0; 8]);
    bytes.extend(length);
    bytes.extend(length);
    bytes.extend(packet);
    bytes
}

pub(crate) fn pcapng() -> Vec<u8> {
    let mut bytes = vec![0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0];
    bytes.extend([0xff; 8]);
    bytes.extend([28, 0, 0, 0]);
    bytes.extend([1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0]);
    bytes
}

/// A zip archive with these files, deflated.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, CompressionMethod::Deflated)
}

/// A zip archive with these files as they are.
pub(crate) fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, CompressionMethod::Stored)
}

fn packed(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Says of every file in an archive that it has a password.
pub(crate) fn locked(mut archive: Vec<u8>) -> Vec<u8> {
    for (signature, flags) in [(*b"PK\x03\x04", 6), (*b"PK\x01\x02", 8)] {
        let at: Vec<usize> =
            archive.windows(4).enumerate().filter(|(_, four)| **four == signature).map(|it| it.0).collect();
        for at in at {
            archive[at + flags] |= 1;
        }
    }
    archive
}

pub(crate) fn docx() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])
}

/// One of each kind.
pub(crate) fn every() -> Vec<(MediaType, Vec<u8>)> {
    let odt: &[u8] = b"application/vnd.oasis.opendocument.text";
    vec![
        (MediaType::Png, png()),
        (MediaType::Jpeg, jpeg()),
        (MediaType::Gif, gif()),
        (MediaType::Webp, webp()),
        (MediaType::Pdf, pdf()),
        (MediaType::Text, "What we saw: \u{442}\u{435}\u{43a}\u{441}\u{442}, and then nothing.\n".into()),
        (MediaType::Csv, b"time,host\n10:00,a\n10:01,b\n".to_vec()),
        (MediaType::Json, br#"{"seen": [1, 2]}"#.to_vec()),
        (MediaType::Mail, b"From: soc@drill.example\r\nSubject: we saw it\r\n\r\n<html>as sent</html>\r\n".to_vec()),
        (MediaType::Pcap, pcap(b"GET / HTTP/1.1")),
        (MediaType::Pcapng, pcapng()),
        (MediaType::Docx, docx()),
        (MediaType::Xlsx, zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])),
        (MediaType::Odt, stored(&[("mimetype", odt), ("content.xml", b"<office/>")])),
        (MediaType::Zip, zip(&[("notes/seen.txt", b"seen"), ("notes/page.html", b"<script>evidence</script>")])),
    ]
}
