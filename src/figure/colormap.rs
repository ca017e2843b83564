//! Perceptually uniform colour maps, from their published tables of 256 colours.

use super::Rgb;

/// Colour maps: perceptually ordered ones, and one of flat colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colormap {
    /// Dark blue to yellow, monotone in lightness.
    Viridis,
    /// Dark blue to yellow, monotone in lightness and nearly the same to those who see no red or no green.
    Cividis,
    /// Diverging: blue over near-white in the middle to red.
    Vik,
    /// Four flat colours for the numbers of classes, told apart by hue and by lightness.
    Classes,
}

impl Colormap {
    /// The continuous ones.
    pub const ALL: [Colormap; 3] = [Colormap::Viridis, Colormap::Cividis, Colormap::Vik];

    /// The colour at `share` ∈ [0, 1] (clamped; NaN gives the low end).
    pub fn at(self, share: f64) -> Rgb {
        let table: &[Rgb; 256] = match self {
            Colormap::Viridis => &VIRIDIS,
            Colormap::Cividis => &CIVIDIS,
            Colormap::Vik => &VIK,
            Colormap::Classes => return CLASSES[((share * 4.0) as usize).min(3)],
        };
        // Casting brings NaN and what is too low to 0.
        table[((share * 255.0).round() as usize).min(255)]
    }
}

/// Dark blue, sky blue, amber, vermilion.
const CLASSES: [Rgb; 4] = [Rgb(0x12, 0x3A, 0x78), Rgb(0x3C, 0x9A, 0xD6), Rgb(0xF0, 0xC2, 0x4B), Rgb(0xC8, 0x40, 0x1E)];

/// Reads `rrggbb` 256 times.
const fn table(text: &str) -> [Rgb; 256] {
    let mut out = [Rgb(0, 0, 0); 256];
    let mut i = 0;
    while i < 256 {
        out[i] = Rgb(byte(text, 6 * i), byte(text, 6 * i + 2), byte(text, 6 * i + 4));
        i += 1;
    }
    out
}

const fn byte(text: &str, at: usize) -> u8 {
    let digits = text.as_bytes();
    16 * digit(digits[at]) + digit(digits[at + 1])
}

const fn digit(c: u8) -> u8 {
    if c <= b'9' { c - b'0' } else { c - b'A' + 10 }
}

/// Viridis: Stéfan van der Walt and Nathaniel Smith, 2015, CC0.
static VIRIDIS: [Rgb; 256] = table(
    "44015444025645045745055946075A46085C460A5D460B5E470D60470E6147106347116447136548146748166848176948186A481A6C\
     481B6D481C6E481D6F481F70482071482173482374482475482576482677482878482979472A7A472C7A472D7B472E7C472F7D46307E\
     46327E46337F463480453581453781453882443983443A83443B84433D84433E85423F85424086424186414287414487404588404688\
     3F47883F48893E49893E4A893E4C8A3D4D8A3D4E8A3C4F8A3C508B3B518B3B528B3A538B3A548C39558C39568C38588C38598C375A8C\
     375B8D365C8D365D8D355E8D355F8D34608D34618D33628D33638D32648E32658E31668E31678E31688E30698E306A8E2F6B8E2F6C8E\
     2E6D8E2E6E8E2E6F8E2D708E2D718E2C718E2C728E2C738E2B748E2B758E2A768E2A778E2A788E29798E297A8E297B8E287C8E287D8E\
     277E8E277F8E27808E26818E26828E26828E25838E25848E25858E24868E24878E23888E23898E238A8D228B8D228C8D228D8D218E8D\
     218F8D21908D21918C20928C20928C20938C1F948C1F958B1F968B1F978B1F988B1F998A1F9A8A1E9B8A1E9C891E9D891F9E891F9F88\
     1FA0881FA1881FA1871FA28720A38620A48621A58521A68522A78522A88423A98324AA8325AB8225AC8226AD8127AD8128AE8029AF7F\
     2AB07F2CB17E2DB27D2EB37C2FB47C31B57B32B67A34B67935B77937B87838B9773ABA763BBB753DBC743FBC7340BD7242BE7144BF70\
     46C06F48C16E4AC16D4CC26C4EC36B50C46A52C56954C56856C66758C7655AC8645CC8635EC96260CA6063CB5F65CB5E67CC5C69CD5B\
     6CCD5A6ECE5870CF5773D05675D05477D1537AD1517CD2507FD34E81D34D84D44B86D54989D5488BD6468ED64590D74393D74195D840\
     98D83E9BD93C9DD93BA0DA39A2DA37A5DB36A8DB34AADC32ADDC30B0DD2FB2DD2DB5DE2BB8DE29BADE28BDDF26C0DF25C2DF23C5E021\
     C8E020CAE11FCDE11DD0E11CD2E21BD5E21AD8E219DAE319DDE318DFE318E2E418E5E419E7E419EAE51AECE51BEFE51CF1E51DF4E61E\
     F6E620F8E621FBE723FDE725",
);

/// Cividis: Nuñez, Anderton & Renslow, 2018, as distributed with matplotlib, CC0.
static CIVIDIS: [Rgb; 256] = table(
    "00224E00234F00245100255300255400265600275800285900285B00295D002A5F002A61002B62002C64002C66002D68002E6A002E6C\
     002F6D00306F0030700031700031710132710533710833700C34700F357012357014367016377018376F1A386F1C396F1E3A6F203A6F\
     213B6E233C6E243C6E263D6E273E6E293F6E2A3F6D2B406D2D416D2E416D2F426D31436D32436D33446D34456C35456C36466C38476C\
     39486C3A486C3B496C3C4A6C3D4A6C3E4B6C3F4C6C404C6C414D6C424E6C434E6C444F6C45506C46516C47516C48526C49536C4A536C\
     4B546C4C556C4D556C4E566C4F576C50576C51586D52596D535A6D545A6D555B6D555C6D565C6D575D6D585E6D595E6E5A5F6E5B606E\
     5C616E5D616E5E626E5E636F5F636F60646F61656F62656F636670646770656870656870666970676A71686A71696B716A6C716B6D72\
     6C6D726C6E726D6F726E6F736F70737071737172747272747273747374757474757575757676767777767777777878777979777A7A78\
     7B7A787C7B787D7C787E7C787E7D787F7E78807F78817F788280798381798482798582798683798784788885788985788A86788B8778\
     8C88788D88788E89788F8A78908B78918B78928C78928D78938E78948E77958F779690779791779892779992779A93769B94769C9576\
     9D95769E96769F9775A09875A19975A29975A39A74A49B74A59C74A69C74A79D73A89E73A99F73AAA073ABA072ACA172ADA272AEA371\
     AFA471B0A571B1A570B3A670B4A76FB5A86FB6A96FB7A96EB8AA6EB9AB6DBAAC6DBBAD6DBCAE6CBDAE6CBEAF6BBFB06BC0B16AC1B26A\
     C2B369C3B369C4B468C5B568C6B667C7B767C8B866C9B965CBB965CCBA64CDBB63CEBC63CFBD62D0BE62D1BF61D2C060D3C05FD4C15F\
     D5C25ED6C35DD7C45CD9C55CDAC65BDBC75ADCC859DDC858DEC958DFCA57E0CB56E1CC55E2CD54E4CE53E5CF52E6D051E7D150E8D24F\
     E9D34EEAD34CEBD44BEDD54AEED649EFD748F0D846F1D945F2DA44F3DB42F5DC41F6DD3FF7DE3EF8DF3CF9E03AFBE138FCE236FDE334\
     FEE434FEE535FEE636FEE838",
);

/// Vik: Fabio Crameri, Scientific colour maps 8, 2023, MIT licence.
static VIK: [Rgb; 256] = table(
    "001261011462011563011764011865011A66021C67021D68021F6902206A02226B02236C02256D02276E02286F022A70022B71022D72\
     022E7302307402317502337602347702367802377902397A023A7B033C7C033E7D033F7E03417F034280034481034582034783034984\
     034A85044C86044D87044F8805518905528A06548B06568C07578D08598F095B900B5D910C5E920E6093106294116496136697156798\
     176999196B9A1C6D9C1E6F9D20719E2373A02575A12877A22B79A42D7BA5307DA6337FA83681A93983AB3C85AC3F87AD4289AF458BB0\
     488DB24B90B34E92B45194B65496B75798B95A9ABA5D9CBB619EBD64A0BE67A2C06AA4C16DA6C271A8C474AAC577ACC67AAEC87DB0C9\
     80B2CA84B4CC87B6CD8AB8CE8DBAD090BCD194BED297C0D49AC2D59DC4D6A0C5D8A3C7D9A7C9DAAACBDCADCDDDB0CFDEB3D1DFB6D3E1\
     BAD5E2BDD6E3C0D8E4C3DAE5C6DBE6C9DDE7CCDFE8CFE0E8D2E1E9D5E3E9D8E4E9DBE5E9DEE6E9E0E6E9E2E7E8E5E7E8E7E7E7E8E7E5\
     EAE6E4EBE6E2ECE5E0EDE4DEEEE3DCEEE1DAEEE0D8EEDED5EEDDD3EEDBD0EED9CDEDD7CBEDD5C8ECD3C5ECD1C3EBD0C0EACEBDE9CCBA\
     E9CAB8E8C8B5E7C6B2E6C4B0E5C1ADE4BFAAE4BEA8E3BCA5E2BAA2E1B8A0E0B69DDFB49ADFB298DEB095DDAE93DCAC90DBAA8DDBA88B\
     DAA688D9A486D8A283D7A081D69F7ED69D7CD59B79D49977D39774D39572D29470D1926DD0906BCF8E68CF8C66CE8B64CD8961CC875F\
     CC855DCB835ACA8258C98056C97E53C87C51C77B4FC6794CC6774AC57548C47445C37243C27041C26E3FC16D3CC06B3ABF6938BE6736\
     BE6533BD6431BC622FBB602DBA5E2AB85C28B75A26B65824B55521B3531FB2511DB04F1BAF4C18AD4A16AB4814A94512A74310A5400F\
     A33E0DA13C0B9F390A9C37099A3508983307963107942F06912D068F2B068D29068B2706892606872406852206832106811F067F1E06\
     7E1D067C1B067A1A067818067617067415067314067113076F11076D10076C0E076A0D07680C07670A07650907630707620607600408\
     5E03085D02085B0108590008",
);

#[cfg(test)]
mod tests {
    use super::super::{Vision, delta_e};
    use super::Colormap;

    /// L* along a map, and the CIE 1976 distances of 17 equal steps.
    fn walk(map: Colormap, vision: Vision) -> (Vec<f64>, Vec<f64>) {
        let labs: Vec<[f64; 3]> = (0..256).map(|i| vision.see(map.at(f64::from(i) / 255.0)).lab()).collect();
        let far = |a: [f64; 3], b: [f64; 3]| (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>().sqrt();
        let steps = (0..17).map(|k| far(labs[15 * k], labs[15 * k + 15])).collect();
        (labs.iter().map(|lab| lab[0]).collect(), steps)
    }

    #[test]
    fn maps_are_even_and_ordered_by_lightness() {
        // Map, lightness at the two ends and in the middle, longest step over shortest.
        let table = [
            (Colormap::Viridis, [14.9, 54.5, 90.9], 2.2),
            (Colormap::Cividis, [13.8, 52.0, 91.3], 2.7),
            (Colormap::Vik, [11.2, 91.3, 16.2], 1.2),
        ];
        for (map, ends, evenness) in table {
            let (light, steps) = walk(map, Vision::Normal);
            for (at, want) in [0, 128, 255].into_iter().zip(ends) {
                assert!((light[at] - want).abs() < 0.1, "{map:?}: L* {} at {at}", light[at]);
            }
            // One unit in the last place of a channel may turn lightness back by a twentieth.
            let top = light.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(i, _)| i).unwrap();
            assert_eq!(top, if map == Colormap::Vik { 125 } else { 255 }, "{map:?}");
            for k in 1..256 {
                let rise = if k <= top { light[k] - light[k - 1] } else { light[k - 1] - light[k] };
                assert!(rise > -0.05, "{map:?}: {rise} at {k}");
            }
            let (least, most) = steps.iter().fold((f64::INFINITY, 0.0f64), |(a, b), s| (a.min(*s), b.max(*s)));
            assert!(least > 5.0 && most < evenness * least, "{map:?}: {least}..{most}");
        }
        let (light, _) = walk(Colormap::Vik, Vision::Normal);
        assert!((0..128).all(|i| (light[i] - light[255 - i]).abs() < 9.0), "both arms are about equally dark");
    }

    #[test]
    fn maps_survive_every_eye() {
        for map in Colormap::ALL {
            for vision in Vision::ALL.into_iter().filter(|v| map != Colormap::Vik || *v != Vision::Grey) {
                let at = |k: i32| vision.see(map.at(f64::from(k) / 8.0));
                let least = (0..8).map(|k| delta_e(at(k), at(k + 1))).fold(f64::INFINITY, f64::min);
                assert!(least > 4.0, "{map:?} to {vision:?}: {least}");
            }
        }
        for vision in Vision::ALL {
            let at = |k: u32| vision.see(Colormap::Classes.at((f64::from(k) + 0.5) / 4.0));
            for (a, b) in (0..4).flat_map(|a| (0..a).map(move |b| (a, b))) {
                assert!(delta_e(at(a), at(b)) > 8.0, "{vision:?}: {a}, {b}: {}", delta_e(at(a), at(b)));
            }
        }
        for share in [f64::NAN, f64::NEG_INFINITY, -1.0, 0.0] {
            assert_eq!(Colormap::Viridis.at(share).hex(), "#440154");
        }
        assert_eq!(Colormap::Viridis.at(f64::INFINITY).hex(), "#FDE725");
    }
}
