"""Exchange (รับเข้า–ส่งออก): ways in and out for whole collections: importing, the demo network, personal data."""
