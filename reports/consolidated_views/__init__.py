"""Pages of the consolidated report of a round: /bao-cao/tong-hop/ and /bao-cao/kiem-tra/."""
