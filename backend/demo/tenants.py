"""Those who lived in the managed flats since 2024, as the file of before the demo tells them; invented."""

HEADER = (
    "code,referred_by,referred_on,is_referred_by_city,people_0_5,people_6_17,people_18_34,"
    "people_35_54,people_65_74,ethos,isee,unit,contract_no,kind,rent,market_rent,market_source,"
    "starts_on,ends_on,end_code,end_reason,rents_until,rents_owed,outcomes"
)
OFFICE, ESTIMATE = "Sportello casa (sintetico)", "stima dimostrativa (sintetica)"
ROWS = (
    f"P-01,{OFFICE},2024-03-11,0,,1,,2,,EL2,to_10310,G1-01,C-P-01,3+2,270,430,{ESTIMATE},"
    "2024-06-03,2025-05-30,,casa popolare,2025-05,,2024-12-05 KEPT_NO_AID; 2025-06-02 MOVED_PUBLIC; "
    "2026-06-03 MOVED_PUBLIC",
    f"P-02,{OFFICE},2025-03-24,1,1,,2,,,EL6,to_6241,G1-01,C-P-02,3+2,270,430,{ESTIMATE},"
    "2025-06-30,,,,2026-05,,2026-01-07 KEPT_AID_SAME",
    f"P-03,{OFFICE},2024-02-19,1,,,,1,1,EL3,to_6241,G1-02,C-P-03,3+2,210,340,{ESTIMATE},"
    "2024-05-20,,,,2026-05,,2024-11-20 KEPT_AID_SAME; 2025-05-21 KEPT_NO_AID; 2026-05-21 KEPT_NO_AID",
    f"P-04,{OFFICE},2024-04-02,0,,3,,2,,EL8x,to_26000,G1-03,C-P-04,4+2,320,520,{ESTIMATE},"
    "2024-07-01,2025-11-14,ABANDONED,abbandono,2025-11,2025-10 320; 2025-11 320,"
    "2025-01-08 KEPT_NO_AID; 2025-11-14 ABANDONED",
    f"P-05,{OFFICE},2025-09-08,1,,2,,2,,EL2,to_6241,G1-03,C-P-05,3+2,320,520,{ESTIMATE},"
    "2025-12-15,,,,2026-05,2026-05 120,",
    f"P-06,{OFFICE},2024-05-13,1,,,,2,,EL1,to_6241,G1-04,C-P-06,4+2,300,480,{ESTIMATE},"
    "2024-07-15,,,,2026-05,,2025-01-15 KEPT_AID_SAME; 2025-07-15 KEPT_AID_SAME",
    f"P-07,{OFFICE},2024-04-22,0,1,1,2,,,EL7x,to_26000,G2-01,C-P-07,3+2,290,460,{ESTIMATE},"
    "2024-06-17,2025-12-12,MOVED_PRIVATE,affitto privato,2025-12,,"
    "2024-12-17 KEPT_NO_AID; 2025-06-17 KEPT_NO_AID; 2026-03-16 MOVED_MARKET",
    f"P-08,{OFFICE},2025-10-20,1,1,,1,,,EL2,to_6241,G2-01,C-P-08,3+2,290,460,{ESTIMATE},"
    "2026-01-19,,,,2026-05,,",
    f"P-09,{OFFICE},2024-06-24,0,,,,1,,EL6,to_10310,G2-02,C-P-09,3+2,200,330,{ESTIMATE},"
    "2024-09-02,,,,2026-05,,2025-03-03 KEPT_NO_AID; 2025-09-02 KEPT_NO_AID",
    f"P-10,{OFFICE},2024-03-25,1,,,1,,,EL3,to_6241,G2-03,C-P-10,3+2,220,360,{ESTIMATE},"
    "2024-05-27,2025-02-14,,dalla sorella,2025-02,,2024-11-27 KEPT_AID_SAME; 2025-02-17 FAMILY_PERM; "
    "2025-05-28 FAMILY_PERM; 2026-05-27 FAMILY_PERM",
    f"P-11,{OFFICE},2025-01-13,1,,,1,1,,EL2,to_10310,G2-03,C-P-11,3+2,220,360,{ESTIMATE},"
    "2025-03-31,,,,2026-05,,2025-10-01 KEPT_AID_NEW; 2026-04-01 KEPT_NO_AID",
)
"""With their rents: who moved on to public housing, to a flat of their own, to a sister; who left without a
word and owing two months; who stayed, and who pays what is left of May later. Each was asked in time how
they live, six, twelve and twenty-four months on, also those who left."""
FILE = "\n".join((HEADER, *ROWS))
